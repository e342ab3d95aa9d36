import { type ErrorEntry, errorTable } from '@orgmirror/contracts';
import {
  describeWecomError,
  ERROR_TABLE,
  findErrorEntry,
  type ResponseErrorKind,
  type TransportErrorKind,
  WecomApiError,
  WecomResponseError,
  WecomTransportError,
} from '@orgmirror/wecom';
import { documentTexts } from './error-document-texts.ts';

type Locale = 'zh' | 'en';

/** A list that the compiler knows to be complete: a kind without an entry is a type error. */
const listKinds = <K extends string>(kinds: Record<K, true>): K[] => Object.keys(kinds) as K[]; // widened to string

const transportKinds = listKinds<TransportErrorKind>({
  refused: true,
  timeout: true,
  dns: true,
  tls: true,
  proxy: true,
  reset: true,
  http: true,
});
const responseKinds = listKinds<ResponseErrorKind>({
  notJson: true,
  redirect: true,
  notFound: true,
  shape: true,
  tooLarge: true,
  exportFailed: true,
  exportUnfinished: true,
  exportMismatch: true,
});

/** The page of all errors in one language, as Markdown. */
export function formatErrorDocument(locale: Locale): string {
  const texts = documentTexts[locale];
  const parts = [
    `# ${texts.title}`,
    texts.intro,
    `## ${texts.apiHeading}`,
    texts.apiIntro,
    formatApiErrors(locale),
    `## ${texts.wecomHeading}`,
    texts.wecomIntro,
    ...formatWecomErrors(locale),
    `### ${texts.unknownHeading}`,
    formatUnknownError(locale),
    `## ${texts.networkHeading}`,
    texts.networkIntro,
    formatNetworkErrors(locale),
  ];
  return `${parts.join('\n\n')}\n`;
}

function formatApiErrors(locale: Locale): string {
  const texts = documentTexts[locale];
  const rows = Object.entries<ErrorEntry>(errorTable).map(([code, entry]) => {
    const { title, detail } = entry[locale];
    const isWecoms = detail === '{sentence} {remedy}'; // filled in by WeCom's tables
    return [
      `\`${code}\``,
      String(entry.status),
      escapeCell(title),
      isWecoms ? texts.seeWecom : markPlaceholders(escapeCell(detail)),
      texts.fixedBy[entry.fixedBy],
      entry.retryable ? texts.yes : texts.no,
    ];
  });
  return formatTable(texts.apiColumns, rows);
}

function formatWecomErrors(locale: Locale): string[] {
  const texts = documentTexts[locale];
  return Object.entries(texts.kinds).flatMap(([kind, heading]) => {
    const rows = ERROR_TABLE.filter((entry) => entry.kind === kind).map(({ codes, retry }) => [
      codes.map(linkCode).join(' '),
      ...describe(new WecomApiError('', codes[0] ?? 0, ''), locale),
      texts.retry[retry],
    ]);
    return rows.length === 0 ? [] : [`### ${heading}`, formatTable(texts.wecomColumns, rows)];
  });
}

/** No row of the table has the code 0: it stands for any that is not there. */
function formatUnknownError(locale: Locale): string {
  const { sentence, remedy } = findErrorEntry(0)[locale];
  return locale === 'zh' ? `${sentence}${remedy}` : `${sentence} ${remedy}`;
}

function formatNetworkErrors(locale: Locale): string {
  const rows = [
    ...transportKinds.map((kind) => new WecomTransportError(kind, '', '')),
    ...responseKinds.map((kind) => new WecomResponseError(kind, '', '')),
  ].map((error) => [`\`${error.kind}\``, ...describe(error, locale)]);
  return formatTable(documentTexts[locale].networkColumns, rows);
}

function describe(error: Parameters<typeof describeWecomError>[0], locale: Locale): [string, string] {
  const { sentence, remedy } = describeWecomError(error, locale);
  return [escapeCell(sentence), escapeCell(remedy)];
}

/** The page that WeCom's own errmsg names. */
const linkCode = (code: number): string =>
  `[${code}](https://open.work.weixin.qq.com/devtool/query?e=${code})`;

const formatTable = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Keeps a text from ending its cell, opening a tag or marking words. */
const escapeCell = (text: string): string => text.replaceAll(/[\\|*_<>]/g, (sign) => `\\${sign}`);

const markPlaceholders = (text: string): string => text.replaceAll(/\{\w+\}/g, (mark) => `\`${mark}\``);

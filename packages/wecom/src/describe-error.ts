import { type ErrorText, findErrorEntry } from './error-table/index.ts';
import { WecomApiError, type WecomError, type WecomErrorKind } from './errors.ts';
import { NETWORK_TEXTS } from './network-texts.ts';

/** Languages that every error text exists in. */
export type ErrorLocale = 'zh' | 'en';

/** A failure in words for an admin: what happened and what to do; free of secrets. */
export interface WecomErrorDescription extends ErrorText {
  readonly kind: WecomErrorKind;
}

const UNKNOWN_IP: Readonly<Record<ErrorLocale, string>> = {
  zh: '本服务器的出口 IP',
  en: "this server's egress IP",
};

/**
 * Describes a failure of the client in Chinese or English. Codes outside the table keep code, text and hint.
 */
export function describeWecomError(error: WecomError, locale: ErrorLocale): WecomErrorDescription {
  if (!(error instanceof WecomApiError)) return { kind: error.kind, ...NETWORK_TEXTS[error.kind][locale] };
  const { sentence, remedy } = findErrorEntry(error.errcode)[locale];
  const fill = (text: string): string => text.replaceAll('{ip}', error.egressIp ?? UNKNOWN_IP[locale]);
  const details = error.kind === 'unknown' ? ` ${formatDetails(error)}` : '';
  return { kind: error.kind, sentence: `${fill(sentence)}${details}`, remedy: fill(remedy) };
}

function formatDetails({ errcode, errmsg, hint }: WecomApiError): string {
  return `(errcode ${errcode}: ${errmsg}${hint === null ? '' : `, hint ${hint}`})`;
}

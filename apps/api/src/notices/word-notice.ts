import { errorTable, type NoticeKind, noticeKinds, noticeTexts } from '@orgmirror/contracts';
import * as z from 'zod';
import type { Notice as NoticeRow } from '../platform/database/generated/client.ts';
import { readStoredError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentProblem } from '../platform/http/present-problem.ts';

const noticeValues = z.record(z.string(), z.number());
const noticeKind = z.enum(noticeKinds);

/** What a notice says in a language. */
export function wordNotice(
  row: NoticeRow,
  locale: Locale,
): { kind: NoticeKind; title: string; detail: string } {
  const kind = noticeKind.parse(row.kind);
  const marks: Record<string, string | number> = {
    ...noticeValues.parse(row.values),
    ...wordError(row, locale),
  };
  const fill = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (mark, name: string) => String(marks[name] ?? mark)).trim();
  const { title, detail } = noticeTexts[kind][locale];
  return { kind, title: fill(title), detail: fill(detail) };
}

/** What happened and what to do about it, as the run says it. */
function wordError({ error }: NoticeRow, locale: Locale): Record<string, string> {
  const stored = readStoredError(error);
  if (stored === null) return {};
  return { error: errorTable[stored.code][locale].title, remedy: presentProblem(stored, locale, '').detail };
}

/** Page of the console where it can be mended. */
export function findPath({ kind, runId }: Pick<NoticeRow, 'kind' | 'runId'>): string {
  if (runId !== null) return `/system/sync-runs/${runId}`;
  if (kind === 'events.failed') return '/system/events?status=failed';
  return kind === 'sync.paused' ? '/system/enterprise/sync' : '/system/enterprise/connection';
}

/** What a test says. */
export const wordTest = (locale: Locale) => testTexts[locale];

const testTexts = {
  zh: { title: '组织镜像通知测试', detail: '收到此消息说明该通知渠道可用，无需处理。' },
  en: { title: 'Test from OrgMirror', detail: 'This channel works. Nothing needs to be done.' },
} as const;

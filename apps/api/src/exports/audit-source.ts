import {
  type AuditAction,
  type AuditEntry,
  type AuditExportRequest,
  auditActionTexts,
  auditColumnTexts,
  auditResultTexts,
  auditSystemText,
} from '@orgmirror/contracts';
import {
  countEntries,
  listEntries,
  presentAuditEntry,
  readLinks,
  readTargetNames,
} from '../audit/list-entries.ts';
import { defaultTimeZone, findConnection } from '../connection/wecom-connection-repository.ts';
import type { AuditEntry as AuditRow, PrismaClient } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';
import type { ExportSource, SourceDependencies } from './export-source.ts';

const pageSize = 500;
/** Each action that is recorded has a text; an older release may have recorded others. */
const actionTexts: Readonly<Record<string, Record<Locale, string>>> = auditActionTexts satisfies Record<
  AuditAction,
  Record<Locale, string>
>;

/** Entries of the audit log, newest first; times are those of the enterprise. */
export async function openAuditLog(
  { prisma }: SourceDependencies,
  { filter = {} }: AuditExportRequest,
  language: Locale,
): Promise<ExportSource> {
  const timeZone = (await findConnection(prisma))?.timeZone ?? defaultTimeZone;
  // As the console writes them: YYYY-MM-DD HH:mm:ss.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const formatTime = (at: string) => format.format(new Date(at));
  return {
    heads: Object.values(auditColumnTexts).map((texts) => texts[language]),
    async *readPages(onTotal) {
      onTotal(await countEntries(prisma, filter));
      for await (const entries of readEntries(prisma, filter))
        yield {
          rows: entries.map((entry) => presentEntry(entry, formatTime, language)),
          entries: entries.length,
        };
    },
  };
}

async function* readEntries(
  prisma: PrismaClient,
  filter: NonNullable<AuditExportRequest['filter']>,
): AsyncGenerator<AuditEntry[]> {
  let rows: AuditRow[];
  let after: [string, string] | undefined;
  do {
    rows = await listEntries(prisma, filter, { after, take: pageSize });
    const names = await readTargetNames(prisma, rows);
    const links = await readLinks(prisma, rows);
    yield rows.map((row) => presentAuditEntry(row, names, links));
    const last = rows.at(-1);
    after = last && [last.at.toISOString(), last.id];
  } while (rows.length === pageSize);
}

const presentEntry = (entry: AuditEntry, formatTime: (at: string) => string, language: Locale): string[] => [
  formatTime(entry.at),
  entry.actor ?? auditSystemText[language],
  actionTexts[entry.action]?.[language] ?? entry.action,
  entry.target ?? '',
  entry.targetName ?? '',
  auditResultTexts[entry.result][language],
  entry.before === null ? '' : JSON.stringify(entry.before),
  entry.after === null ? '' : JSON.stringify(entry.after),
  entry.ip ?? '',
  entry.requestId ?? '',
  entry.seq === null ? '' : String(entry.seq),
  entry.hash ?? '',
];

import type { ExportRequest } from '@orgmirror/contracts';
import type { Database } from '../platform/database/database.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';
import type { SecretBox } from '../platform/secret-box.ts';

export interface SourceDependencies {
  database: Pick<Database, 'queryLarge'>;
  prisma: PrismaClient;
  secretBox: SecretBox;
}

/** A page of a list as the rows of a file; an entry of the list can be several rows. */
export interface ExportedPage {
  rows: string[][];
  entries: number;
}

/** What a file is written from. */
export interface ExportSource {
  heads: readonly string[];
  /** `onTotal` is told once how many entries there are, before the first page. */
  readPages(onTotal: (total: number) => void): AsyncGenerator<ExportedPage>;
}

/** Names of the lists: of the files, and of the sheets in them. */
export const listNames = {
  members: { file: { zh: '成员', en: 'members' }, sheet: { zh: '成员', en: 'Members' } },
  'run-changes': { file: { zh: '变更明细', en: 'changes' }, sheet: { zh: '变更明细', en: 'Changes' } },
  audit: { file: { zh: '操作日志', en: 'audit-log' }, sheet: { zh: '操作日志', en: 'Audit log' } },
} as const satisfies Record<ExportRequest['list'], Record<'file' | 'sheet', Record<Locale, string>>>;

/** Whether a file has sensitive fields in full; changes and the audit log hold them masked. */
export const isRevealed = (request: ExportRequest): boolean => request.list === 'members' && request.reveal;

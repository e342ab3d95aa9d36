import type { Logger } from 'pino';
import type { Now } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { PrismaClient } from '../database/generated/client.ts';
import type { SecretBox } from '../secret-box.ts';
import type { ConnectWecom } from '../settings/connect-wecom.ts';

/** What runs are given. */
export interface SyncDependencies {
  prisma: PrismaClient;
  database: Pick<Database, 'executeLarge'>;
  secretBox: SecretBox;
  connectWecom: ConnectWecom;
  maxConcurrency: number;
  logger: Logger;
  now: Now;
}

/** Whose content hashes and fingerprints these are; keyed, so that they tell nothing about short values. */
export const digestContext = 'directory';

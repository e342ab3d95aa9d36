import type { Logger } from 'pino';
import type { ConnectWecom } from '../connection/connect-wecom.ts';
import type { Now } from '../platform/clock.ts';
import type { Database } from '../platform/database/database.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import type { Tracing } from '../platform/tracing/tracing.ts';

/** What runs are given. */
export interface SyncDependencies {
  prisma: PrismaClient;
  database: Pick<Database, 'executeLarge'>;
  secretBox: SecretBox;
  connectWecom: ConnectWecom;
  maxConcurrency: number;
  logger: Logger;
  metrics: Pick<Metrics, 'countPhase' | 'countRun'>;
  tracing: Pick<Tracing, 'trace'>;
  now: Now;
}

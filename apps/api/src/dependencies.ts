import { createSecretKey, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { createRecordAudit, type RecordAudit } from './audit/record-audit.ts';
import { createCallbackKeyring } from './callbacks/callback-keyring.ts';
import { createCallbackTally } from './callbacks/callback-tally.ts';
import { createEventStore } from './callbacks/event-store.ts';
import type { Callbacks } from './callbacks/receive.ts';
import type { Now } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import type { PrismaClient } from './database/generated/client.ts';
import { type JobQueue, openJobQueue } from './jobs/job-queue.ts';
import { createSecretBox, type SecretBox } from './secret-box.ts';
import { type ConnectWecom, createConnectWecom, type WecomTiming } from './settings/connect-wecom.ts';
import { createDatabaseTokenStore } from './settings/wecom-token-store.ts';
import { makeSetupCode } from './sign-in/complete-setup.ts';
import { createSessionService, type SessionService } from './sign-in/session-service.ts';
import { createSignInThrottle, type SignInThrottle } from './sign-in/sign-in-throttle.ts';

/** Everything that routes and jobs are given; made once per process. */
export interface Dependencies {
  config: Config;
  logger: Logger;
  database: Database;
  prisma: PrismaClient;
  secretBox: SecretBox;
  queue: JobQueue;
  connectWecom: ConnectWecom;
  callbacks: Callbacks;
  maxConcurrency: number;
  sessions: SessionService;
  throttle: SignInThrottle;
  setupCode: string;
  recordAudit: RecordAudit;
  now: Now;
  makeRequestId: () => string;
}

export async function createDependencies(
  config: Config,
  logger: Logger,
  database: Database,
  { now, wecomTiming }: { now: Now; wecomTiming: WecomTiming | undefined },
): Promise<Dependencies> {
  const { prisma } = database;
  const secretBox = createSecretBox(config.appSecret);
  const tokenStore = createDatabaseTokenStore({ prisma, secretBox, now });
  return {
    config,
    logger,
    database,
    prisma,
    secretBox,
    queue: await openJobQueue(database.connectionString, logger, { supervise: config.role !== 'api' }),
    connectWecom: createConnectWecom(config.wecom, tokenStore, wecomTiming),
    callbacks: {
      keyring: createCallbackKeyring({ prisma, secretBox, logger }),
      tally: createCallbackTally({ prisma, logger }),
      store: createEventStore(database.executeLarge, secretBox),
    },
    maxConcurrency: config.wecom.maxConcurrency,
    sessions: createSessionService({
      prisma,
      signingKey: createSecretKey(secretBox.deriveKey('session')),
      now,
    }),
    throttle: createSignInThrottle(prisma),
    setupCode: makeSetupCode(secretBox.deriveKey('setup')),
    recordAudit: createRecordAudit(prisma),
    now,
    makeRequestId: randomUUID,
  };
}

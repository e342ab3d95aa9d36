import { createSecretKey } from 'node:crypto';
import { systemClock } from '@orgmirror/wecom';
import type { Logger } from 'pino';
import { createRecordAttempt, type RecordAttempt } from './audit/record-attempt.ts';
import { createCallBudget } from './connection/call-budget.ts';
import { type ConnectWecom, createConnectWecom, type WecomTiming } from './connection/connect-wecom.ts';
import { createDatabaseTokenStore } from './connection/wecom-token-store.ts';
import { createCallbackKeyCache } from './events/callback-key-cache.ts';
import { createCallbackStats } from './events/callback-stats.ts';
import { createEventStore } from './events/event-store.ts';
import type { Callbacks } from './events/receive.ts';
import { createSessionService, type SessionService } from './identity/sessions/session-service.ts';
import { type CodeThrottle, createCodeThrottle } from './identity/sign-in/code-throttle.ts';
import { makeSetupCode } from './identity/sign-in/complete-setup.ts';
import { createKnownDevices, type KnownDevices } from './identity/sign-in/known-devices.ts';
import { createSignInThrottle, type SignInThrottle } from './identity/sign-in/sign-in-throttle.ts';
import type { BackgroundTiming } from './platform/background-timing.ts';
import type { Now } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database/database.ts';
import type { PrismaClient } from './platform/database/generated/client.ts';
import { createRateLimits, type LimitRate } from './platform/http/rate-limits.ts';
import { type JobQueue, openJobQueue } from './platform/jobs/job-queue.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import type { Metrics } from './platform/metrics.ts';
import { createSecretBox, type SecretBox } from './platform/secret-box.ts';
import type { Tracing } from './platform/tracing/tracing.ts';

/** What a process has before its database is open. */
export interface Process {
  config: Config;
  logger: Logger;
  lifecycle: Lifecycle;
  metrics: Metrics;
  tracing: Tracing;
}

/** Everything that routes and jobs are given; made once per process. */
export interface Dependencies extends Process {
  database: Database;
  prisma: PrismaClient;
  secretBox: SecretBox;
  queue: JobQueue;
  connectWecom: ConnectWecom;
  callbacks: Callbacks;
  maxConcurrency: number;
  sessions: SessionService;
  throttle: SignInThrottle;
  codeThrottle: CodeThrottle;
  limitRate: LimitRate;
  devices: KnownDevices;
  setupCode: string;
  recordAttempt: RecordAttempt;
  now: Now;
  timing: BackgroundTiming;
}

export async function createDependencies(
  process: Process,
  database: Database,
  { now, wecomTiming, timing }: { now: Now; wecomTiming: WecomTiming | undefined; timing: BackgroundTiming },
): Promise<Dependencies> {
  const { config, logger, tracing } = process;
  const { prisma } = database;
  const secretBox = createSecretBox(config.appSecret, config.formerAppSecret);
  const { nowMs } = wecomTiming?.clock ?? systemClock;
  const tokenStore = createDatabaseTokenStore({ prisma, secretBox, now });
  return {
    ...process,
    database,
    prisma,
    secretBox,
    queue: await openJobQueue(database, logger, { supervise: config.role !== 'api', tracing }),
    connectWecom: createConnectWecom(config.wecom, tokenStore, {
      ...wecomTiming,
      onCall: (event) => {
        process.metrics.countCall(event);
        tracing.recordCall(event);
      },
      // The embedded database has one process, which shares with nobody.
      ...(!database.embedded && {
        budgetFor: (purpose) => createCallBudget({ prisma, nowMs, logger, limits: config.wecom }, purpose),
      }),
    }),
    callbacks: {
      keyCache: createCallbackKeyCache({ prisma, secretBox, logger }),
      stats: createCallbackStats({ prisma, logger }),
      store: createEventStore(database.executeLarge, secretBox),
    },
    maxConcurrency: config.wecom.maxConcurrency,
    sessions: createSessionService({
      prisma,
      signingKey: createSecretKey(secretBox.deriveKey('session')),
      verificationKeys: secretBox.deriveKeys('session').map((key) => createSecretKey(key)),
      now,
    }),
    throttle: createSignInThrottle(prisma, secretBox),
    codeThrottle: createCodeThrottle(prisma),
    limitRate: createRateLimits(prisma, config.requests, logger),
    devices: createKnownDevices(secretBox),
    setupCode: makeSetupCode(secretBox.deriveKey('setup')),
    recordAttempt: createRecordAttempt(prisma),
    now,
    timing,
  };
}

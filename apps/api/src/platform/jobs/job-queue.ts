import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { logFailure } from '../database/log-failure.ts';
import { noTracing, type Tracing } from '../tracing/tracing.ts';

export interface JobQueue {
  send(runId: string): Promise<void>;
  /** Starts taking jobs; they run one at a time in this process. */
  work(handle: (runId: string) => Promise<void>): Promise<void>;
  /** Takes no more jobs and waits a moment for the one under way. */
  stop(): Promise<void>;
}

const queueName = 'sync-run';
/** The shortest that the library allows: how long a click may wait for a worker in another process. */
const pollIntervalSeconds = 0.5;
/** A run that hangs for a day is given up; its lease ended long before. */
const maxRunSeconds = 24 * 3600 - 1;
const stopTimeoutMs = 10_000;

/**
 * Jobs in the database itself, shared by all processes. They are never retried: a run says how it ended, and
 * an interrupted one is ended as such.
 */
export async function openJobQueue(
  database: Pick<Database, 'connectionString' | 'Client' | 'queueSchema' | 'isQueuePrepared'>,
  logger: Logger,
  { supervise, tracing = noTracing }: { supervise: boolean; tracing?: Pick<Tracing, 'traceJob'> },
): Promise<JobQueue> {
  const { connectionString, Client, queueSchema: schema } = database;
  const createSchema = !(await database.isQueuePrepared());
  const connections = { connectionString, max: 2, Client }; // it hands them on to its `pg.Pool`
  const boss = new PgBoss({ ...connections, schema, createSchema, supervise, schedule: false });
  boss.on('error', (error) => logFailure(logger, error, 'the job queue cannot reach the database'));
  await boss.start();
  await boss.createQueue(queueName, {
    retryLimit: 0,
    expireInSeconds: maxRunSeconds,
    deleteAfterSeconds: 3600,
  });
  let workerId: string | undefined;
  return {
    send: async (runId) => {
      await boss.send(queueName, { runId });
      if (workerId !== undefined) boss.notifyWorker(workerId); // this process fetches it at once, others at their next poll
    },
    work: async (handle) => {
      workerId = await boss.work<{ runId: string }>(
        queueName,
        { pollingIntervalSeconds: pollIntervalSeconds },
        async (jobs) => {
          for (const { data } of jobs) await tracing.traceJob(queueName, () => handle(data.runId));
        },
      );
    },
    stop: () => boss.stop({ graceful: true, timeout: stopTimeoutMs }),
  };
}

import type { ConnectionState, WecomSettings } from '@orgmirror/contracts';
import { type DescribedRun, findLastRuns } from '../connection/find-last-runs.ts';
import type { SavedConnection } from '../connection/wecom-connection-repository.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { readStoredError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentProblem } from '../platform/http/present-problem.ts';
import { presentLastTest } from './checked-connection.ts';

type Success = NonNullable<ConnectionState['lastSuccess']>;
type Failure = NonNullable<ConnectionState['lastFailure']>;

/** The latest call that WeCom answered and the latest that failed: of a test, a sync or an event. */
export async function presentConnectionState(
  prisma: PrismaClient,
  saved: SavedConnection | null,
  locale: Locale,
): Promise<ConnectionState> {
  if (saved === null) return { lastSuccess: null, lastFailure: null };
  const { answered, refused } = await findLastRuns(prisma, saved);
  const test = presentLastTest(saved.lastTest, locale);
  const passed: Success | null = test?.ok ? { at: test.at, by: 'test', runId: null } : null;
  return {
    lastSuccess: findLatest([passed, answered && describeRun(answered)]),
    lastFailure: findLatest([test && presentFailedTest(test), refused && presentFailedRun(refused, locale)]),
  };
}

function presentFailedTest({ ok, checks, at }: NonNullable<WecomSettings['lastTest']>): Failure | null {
  const failed = checks.find(({ status }) => status === 'failed');
  if (ok || failed === undefined) return null;
  const { message: title, remedy: detail = '', errcode, egressIp } = failed;
  return {
    at,
    by: 'test',
    runId: null,
    title,
    detail,
    ...(errcode !== undefined && { errcode }),
    ...(egressIp !== undefined && { egressIp }),
  };
}

function presentFailedRun(run: DescribedRun, locale: Locale): Failure | null {
  const error = readStoredError(run.error);
  if (error === null) return null;
  const { title, detail, wecom } = presentProblem(error, locale, run.id);
  return {
    ...describeRun(run),
    title,
    detail,
    ...(wecom && { errcode: wecom.errcode }),
    ...(wecom?.egressIp !== undefined && { egressIp: wecom.egressIp }),
  };
}

const describeRun = ({ id, trigger, statusChangedAt, finishedAt }: DescribedRun): Success => ({
  at: (finishedAt ?? statusChangedAt).toISOString(),
  by: trigger === 'callback' ? 'event' : 'sync',
  runId: id,
});

function findLatest<Call extends { at: string }>(calls: readonly (Call | null)[]): Call | null {
  const known = calls.filter((call) => call !== null);
  return known.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null;
}

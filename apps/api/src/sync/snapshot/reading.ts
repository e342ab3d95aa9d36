import type { SyncManifest, SyncRun } from '@orgmirror/contracts';
import { createSnapshotBuilder, type Digest, type Snapshot, type SnapshotBuilder } from '@orgmirror/planner';
import { describeWecomError, WecomApiError, type WecomClient, type WecomError } from '@orgmirror/wecom';
import { drainCooperatively } from '../../platform/event-loop.ts';

export interface ReadOptions {
  client: WecomClient;
  agentId: number;
  digest: Digest;
  signal: AbortSignal;
  /** Departments read at once; the client's pacing is the real limit. */
  maxConcurrency: number;
  /** Whether an export may be tried. */
  mayExport: boolean;
  /** Whether WeCom has told that an export job is over. */
  isExportFinished: (jobid: string) => Promise<boolean>;
  /** Gives [0, 1); picks the departments that an export is checked against. */
  random: () => number;
  onProgress: (progress: ReadProgress) => void;
}

export interface ReadProgress {
  departmentsTotal: number;
  departmentsRead: number;
  membersRead: number;
}

/**
 * What was asked and answered, and what could not be read. By export, `departmentsAnswered` are those that
 * department/list and export/department both name: it is used only when those are all.
 */
export type Evidence = Pick<
  SyncManifest,
  | 'departmentsAsked'
  | 'departmentsAnswered'
  | 'departmentsFailed'
  | 'othersFailed'
  | 'membersSeen'
  | 'missing'
>;

/** Something odd that the run shows; `key` names what, `detail` tells more. */
export type ReadWarning = SyncRun['warnings'][number];

/** What was read so far, and what could not be. */
export interface Reading {
  options: ReadOptions;
  source: NonNullable<SyncRun['source']>;
  builder: SnapshotBuilder;
  evidence: Evidence;
  progress: ReadProgress;
  /** What the way of reading was odd about; the snapshot has warnings of its own. */
  warnings: ReadWarning[];
  /** Members named by tags, who are to be read one by one. */
  named: string[];
}

/** A reading of nothing yet. */
export function createReading(
  options: ReadOptions,
  source: Reading['source'],
  departmentsTotal: number,
): Reading {
  return {
    options,
    source,
    builder: createSnapshotBuilder({ digest: options.digest }),
    evidence: {
      departmentsAsked: departmentsTotal,
      departmentsAnswered: 0,
      departmentsFailed: [],
      othersFailed: [],
      membersSeen: 0,
      missing: null,
    },
    progress: { departmentsTotal, departmentsRead: 0, membersRead: 0 },
    warnings: [],
    named: [],
  };
}

/** Whether everything that was asked so far was answered. */
export const isComplete = ({ evidence }: Reading): boolean =>
  evidence.departmentsFailed.length === 0 && evidence.othersFailed.length === 0;

/** Ends a reading: nothing may be added afterwards. */
export async function finishReading(reading: Reading): Promise<Snapshot> {
  const snapshot = await drainCooperatively(reading.builder.finishInSteps({ complete: isComplete(reading) }));
  reading.evidence.membersSeen = snapshot.memberCount;
  return snapshot;
}

/** Names a tag or a member that could not be read, which makes the reading partial. */
export function recordOtherFailure(
  reading: Reading,
  kind: 'tag' | 'member',
  key: string,
  error: WecomError,
): void {
  reading.evidence.othersFailed.push({ kind, key, ...nameFailure(error) });
}

/** A failure as the manifest names it. */
export const nameFailure = (error: WecomError): { code: string; message: string } => ({
  code: codeOf(error),
  message: describeWecomError(error, 'zh').sentence,
});

/** WeCom's errcode, or the kind of failure when it gave none. */
export const codeOf = (error: WecomError): string =>
  error instanceof WecomApiError ? String(error.errcode) : error.kind;

/** Refusals that asking about another department cannot mend. */
export const isSettingsError = (error: WecomError): boolean =>
  error instanceof WecomApiError && (error.retryClass === 'stop' || error.kind === 'permission');

/** WeCom's word that somebody or something does not exist, or is out of the app's sight. */
export const isGone = (error: WecomError): boolean => error instanceof WecomApiError && error.kind === 'gone';

/** WeCom's word that this very person, tag or department is not for the app to see, whether or not it exists. */
export const isOutOfSight = (error: WecomError): boolean =>
  error instanceof WecomApiError && error.kind === 'scope';

/**
 * So many more calls than may be in flight wait in the client's line: when an answer comes, the next call leaves before
 * the answer is taken in.
 */
const waitingCalls = 4;

/** Runs `work`, a call each, over the items, so many in flight; the first failure stops taking up new ones. */
export async function forEachConcurrently<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values(); // one iterator, shared by all workers
  let failed = false;
  const worker = async () => {
    for (const item of rest) {
      if (failed) return;
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const results = await Promise.allSettled(Array.from({ length: limit + waitingCalls }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

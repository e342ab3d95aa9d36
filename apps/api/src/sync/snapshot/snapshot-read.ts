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
  /** Above this many departments an export is tried first; Infinity: never. */
  exportAbove: number;
  /** Whether an event of WeCom said that an export job is over. */
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

/** An anomaly that the run shows; `key` names what, `detail` tells more. */
export type ReadWarning = SyncRun['warnings'][number];

/** What was read so far, and what could not be. */
export interface SnapshotRead {
  options: ReadOptions;
  source: NonNullable<SyncRun['source']>;
  builder: SnapshotBuilder;
  evidence: Evidence;
  progress: ReadProgress;
  /** Warnings about the way of reading; the snapshot has its own. */
  warnings: ReadWarning[];
  /** Members named by tags, who are to be read one by one. */
  named: string[];
  /** Departments whose list of members was answered. */
  answeredIds: Set<number>;
  /** Userids, by key, whom the scope names and the app may not read: nothing is known of them. */
  unreadable: Map<string, string>;
  /** Keys of members present here whom WeCom denied by name. */
  goneKeys: Set<string>;
}

/** A read that has not asked anything yet. */
export function createSnapshotRead(
  options: ReadOptions,
  source: SnapshotRead['source'],
  departmentsTotal: number,
): SnapshotRead {
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
    answeredIds: new Set(),
    unreadable: new Map(),
    goneKeys: new Set(),
  };
}

/** Whether everything that was asked so far was answered. */
export const isComplete = ({ evidence }: SnapshotRead): boolean =>
  evidence.departmentsFailed.length === 0 && evidence.othersFailed.length === 0;

/** Ends a read: nothing may be added afterwards. */
export async function finishSnapshotRead(reading: SnapshotRead): Promise<Snapshot> {
  const { builder, goneKeys } = reading;
  const result = { complete: isComplete(reading), goneKeys };
  const snapshot = await drainCooperatively(builder.finishInSteps(result));
  reading.evidence.membersSeen = snapshot.memberCount;
  return snapshot;
}

/** Names a tag or a member that could not be read, which makes the read partial. */
export function recordOtherFailure(
  reading: SnapshotRead,
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

/** Refusals that another department would meet as well. */
export const isSettingsError = (error: WecomError): boolean =>
  error instanceof WecomApiError && (error.retryClass === 'stop' || error.kind === 'permission');

/** WeCom's status of a member who left the company (user/get); it may be answered for a while. */
export const statusLeft = 5;

/** WeCom says that a member, tag or department does not exist, or is not visible to the app. */
export const isNotFound = (error: WecomError): boolean =>
  error instanceof WecomApiError && error.kind === 'gone';

/** WeCom says that the app may not see this member, tag or department, whether or not it exists. */
export const isOutOfScope = (error: unknown): boolean =>
  error instanceof WecomApiError && error.kind === 'scope';

/**
 * This many more calls than may be in flight wait in the client's queue: when an answer comes, the next call
 * is sent before the answer is processed.
 */
const queuedCalls = 4;

/**
 * Runs `work`, a call each, over the items, at most `limit` in flight; after the first failure no new ones
 * are started.
 */
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
  const results = await Promise.allSettled(Array.from({ length: limit + queuedCalls }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

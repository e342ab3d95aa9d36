import type { SyncManifest } from '@orgmirror/contracts';
import {
  createSnapshotBuilder,
  type Digest,
  type Snapshot,
  type SnapshotBuilder,
  toMemberKey,
} from '@orgmirror/directory';
import {
  describeWecomError,
  isWecomError,
  WecomApiError,
  type WecomClient,
  type WecomError,
  WecomResponseError,
} from '@orgmirror/wecom';
import { AppError } from '../app-error.ts';
import { mapDepartment, mapMember } from './map-wecom.ts';

export interface ReadOptions {
  client: WecomClient;
  agentId: number;
  digest: Digest;
  signal: AbortSignal;
  /** Departments read at once; the client's pacing is the real limit. */
  maxConcurrency: number;
  onProgress: (progress: ReadProgress) => void;
}

export interface ReadProgress {
  departmentsTotal: number;
  departmentsRead: number;
  membersRead: number;
}

/** What could not be read, and why. */
export type Evidence = Pick<
  SyncManifest,
  | 'departmentsAsked'
  | 'departmentsAnswered'
  | 'departmentsFailed'
  | 'othersFailed'
  | 'membersSeen'
  | 'missing'
>;

/** So many departments failing in a row mean that WeCom is down: the rest is not asked, which saves an hour of retries. */
const failuresInARow = 32;

/**
 * Reads everything that the app may see: the departments, each one's members, and those visible one by one or by tag.
 * What fails after the client's retries is named in the evidence and makes the snapshot partial.
 * @throws WecomError when the settings are refused or nothing at all can be read; AppError `wecom.app_disabled`
 */
export async function readDirectory(options: ReadOptions): Promise<Reading> {
  const { client, agentId, signal } = options;
  const scope = await readVisibleScope(client, agentId, signal);
  const departments = (await client.listDepartments(undefined, { signal })).map(mapDepartment);
  const reading = createReading(options, new Set(departments.map(({ id }) => id)).size);
  reading.builder.addDepartments(departments);
  await readMembersOfDepartments(reading, [...new Set(departments.map(({ id }) => id))]);
  await readTags(reading, scope.tagIds);
  await readSingleMembers(reading, scope.userIds);
  return reading;
}

/** Whether everything that was asked so far was answered. */
export const isComplete = ({ evidence }: Reading): boolean =>
  evidence.departmentsFailed.length === 0 && evidence.othersFailed.length === 0;

/** Ends a reading: nothing may be added afterwards. */
export function finishReading(reading: Reading): Snapshot {
  const snapshot = reading.builder.finish({ complete: isComplete(reading) });
  reading.evidence.membersSeen = snapshot.memberCount;
  return snapshot;
}

interface VisibleScope {
  userIds: string[];
  tagIds: number[];
}

async function readVisibleScope(
  client: WecomClient,
  agentId: number,
  signal: AbortSignal,
): Promise<VisibleScope> {
  try {
    const agent = await client.getAgent(agentId, { signal });
    if (agent.close === 1) throw new AppError('wecom.app_disabled');
    return {
      userIds: agent.allow_userinfos.user.map(({ userid }) => userid),
      tagIds: [...agent.allow_tags.tagid],
    };
  } catch (error) {
    // Some private editions lack agent/get; there the departments are all there is.
    if (error instanceof WecomResponseError && error.kind === 'notFound') return { userIds: [], tagIds: [] };
    throw error;
  }
}

/** What was read so far, and what could not be. */
export interface Reading {
  options: ReadOptions;
  builder: SnapshotBuilder;
  evidence: Evidence;
  progress: ReadProgress;
  /** Keys of members seen in some department. */
  seen: Set<string>;
  /** Members named by tags, who are to be read one by one. */
  named: string[];
}

function createReading(options: ReadOptions, departmentsTotal: number): Reading {
  return {
    options,
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
    seen: new Set(),
    named: [],
  };
}

async function readMembersOfDepartments(reading: Reading, ids: readonly number[]): Promise<void> {
  const { options, builder, evidence, progress, seen } = reading;
  let inARow = 0;
  let stoppedBy: WecomError | undefined;
  await forEachConcurrently(ids, options.maxConcurrency, async (id) => {
    if (stoppedBy) {
      evidence.departmentsFailed.push(describeFailure(id, stoppedBy));
      return;
    }
    try {
      const members = await options.client.listMembers(id, { signal: options.signal });
      for (const member of members) {
        builder.addMember(mapMember(member, id));
        seen.add(toMemberKey(member.userid));
      }
      inARow = 0;
      evidence.departmentsAnswered++;
      progress.membersRead = seen.size;
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      evidence.departmentsFailed.push(describeFailure(id, error));
      if (++inARow >= failuresInARow || isLimit(error)) stoppedBy = error;
      if (stoppedBy && evidence.departmentsAnswered === 0) throw error;
    }
    progress.departmentsRead++;
    options.onProgress(progress);
  });
  evidence.departmentsFailed.sort((a, b) => a.id - b.id);
}

async function readTags(reading: Reading, tagIds: readonly number[]): Promise<void> {
  const { client, signal } = reading.options;
  for (const tagId of tagIds) {
    try {
      const tag = await client.getTag(tagId, { signal });
      reading.named.push(...tag.userlist.map(({ userid }) => userid));
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      if (!isGone(error)) recordOtherFailure(reading, 'tag', String(tagId), error);
    }
  }
}

async function readSingleMembers(reading: Reading, userIds: readonly string[]): Promise<void> {
  const { options, builder, progress, seen } = reading;
  const unseen = new Map([...userIds, ...reading.named].map((userId) => [toMemberKey(userId), userId]));
  for (const key of seen) unseen.delete(key);
  await forEachConcurrently([...unseen.values()], options.maxConcurrency, async (userId) => {
    try {
      builder.addMember(mapMember(await options.client.getMember(userId, { signal: options.signal }), null));
      progress.membersRead++;
      options.onProgress(progress);
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      if (!isGone(error)) recordOtherFailure(reading, 'member', userId, error); // WeCom says who does not exist
    }
  });
}

/** Runs `work` over the items, so many at a time; the first failure stops taking up new ones. */
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
  const results = await Promise.allSettled(Array.from({ length: limit }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
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

const describeFailure = (id: number, error: WecomError) => ({ id, ...nameFailure(error) });

const nameFailure = (error: WecomError) => ({
  code: error instanceof WecomApiError ? String(error.errcode) : error.kind,
  message: describeWecomError(error, 'zh').sentence,
});

/** Refusals that asking about another department cannot mend. */
export const isSettingsError = (error: WecomError): boolean =>
  error instanceof WecomApiError && (error.retryClass === 'stop' || error.kind === 'permission');
const isLimit = (error: WecomError): boolean => error instanceof WecomApiError && error.kind === 'rate';
/** WeCom's word that somebody or something does not exist, or is out of the app's sight. */
export const isGone = (error: WecomError): boolean => error instanceof WecomApiError && error.kind === 'gone';

import { type ReadDepartment, toMemberKey } from '@orgmirror/planner';
import { isWecomError, type WecomClient, WecomResponseError } from '@orgmirror/wecom';
import { AppError } from '../../platform/errors/app-error.ts';
import { mapDepartment, mapMember } from './map-wecom.ts';
import { readMembersByDepartments } from './read-by-departments.ts';
import { readByExport } from './read-by-export.ts';
import {
  createSnapshotRead,
  forEachConcurrently,
  isNotFound,
  isOutOfScope,
  isSettingsError,
  type ReadOptions,
  recordOtherFailure,
  type SnapshotRead,
} from './snapshot-read.ts';

/** Up to this many departments one call each is quicker than waiting for an export. */
export const maxReadOneByOne = 500;

/** Members that a warning names, as many as the snapshot's own warnings do. */
const maxExamples = 20;

/**
 * Reads everything that the app may see: the departments, their members, and those visible one by one or by
 * tag. Above `exportAbove` departments an export is tried first; when it is refused or cannot be trusted, a warning
 * says why and each department is read. What fails after the client's retries is named in the evidence and
 * makes the snapshot partial.
 * @throws WecomError when the settings are refused or nothing at all can be read; AppError
 * `wecom.app_disabled`
 */
export async function readDirectory(options: ReadOptions): Promise<SnapshotRead> {
  const { client, agentId, signal } = options;
  const scope = await readVisibleScope(client, agentId, signal);
  const departments = (await client.listDepartments(undefined, { signal })).map(mapDepartment);
  const different = new Map(departments.map((department) => [department.id, department]));
  const ids = new Set(different.keys());
  const exported = ids.size > options.exportAbove ? await readByExport(options, departments) : undefined;
  if (exported?.kind === 'read') return readIndividuallyVisible(exported.reading, scope, ids);
  const reading = createSnapshotRead(options, 'departments', ids.size);
  if (exported !== undefined) reading.warnings.push(exported.warning);
  reading.builder.addDepartments(departments);
  await readMembersByDepartments(reading, [...different.values()]);
  return readIndividuallyVisible(reading, scope, ids);
}

async function readIndividuallyVisible(
  reading: SnapshotRead,
  scope: VisibleScope,
  knownIds: ReadonlySet<number>,
): Promise<SnapshotRead> {
  const tagged = await readTags(reading, scope.tagIds);
  await readTaggedDepartments(reading, tagged, knownIds);
  await readSingleMembers(reading, scope.userIds);
  return reading;
}

/** Members who are visible individually or by a tag, beside those of the visible departments. */
export interface VisibleScope {
  userIds: string[];
  tagIds: number[];
}

/** Asks for the app. @throws AppError `wecom.app_disabled` */
export async function readVisibleScope(
  client: WecomClient,
  agentId: number,
  signal?: AbortSignal,
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

/** Reads the members of the tags, and gives the departments in them with the tag that names each. */
async function readTags(reading: SnapshotRead, tagIds: readonly number[]): Promise<Map<number, number>> {
  const { client, signal } = reading.options;
  const tagged = new Map<number, number>();
  for (const tagId of tagIds) {
    try {
      const tag = await client.getTag(tagId, { signal });
      reading.named.push(...tag.userlist.map(({ userid }) => userid));
      for (const departmentId of tag.partylist) tagged.set(departmentId, tagId);
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      if (!isNotFound(error)) recordOtherFailure(reading, 'tag', String(tagId), error);
    }
  }
  return tagged;
}

/**
 * Reads the departments that only a tag makes visible, and what is below them: not every edition lists those.
 */
async function readTaggedDepartments(
  reading: SnapshotRead,
  tagged: ReadonlyMap<number, number>,
  knownIds: ReadonlySet<number>,
): Promise<void> {
  const { options, builder, evidence, progress } = reading;
  const added = new Map<number, ReadDepartment>();
  for (const [departmentId, tagId] of tagged) {
    if (knownIds.has(departmentId) || added.has(departmentId)) continue;
    try {
      const below = await options.client.listDepartments(departmentId, { signal: options.signal });
      const found = below.map(mapDepartment).filter(({ id }) => !knownIds.has(id) && !added.has(id));
      builder.addDepartments(found);
      for (const department of found) added.set(department.id, department);
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      if (!isNotFound(error)) recordOtherFailure(reading, 'tag', String(tagId), error);
    }
  }
  evidence.departmentsAsked += added.size;
  progress.departmentsTotal += added.size;
  await readMembersByDepartments(reading, [...added.values()]);
}

/** One whom the scope names although the app may not read them is left as they are here, with a warning. */
async function readSingleMembers(reading: SnapshotRead, userIds: readonly string[]): Promise<void> {
  const { options, builder, progress } = reading;
  const named = new Map([...userIds, ...reading.named].map((userId) => [toMemberKey(userId), userId]));
  const unseen = [...named].flatMap(([key, userId]) => (builder.hasMember(key) ? [] : [userId]));
  await forEachConcurrently(unseen, options.maxConcurrency, async (userId) => {
    try {
      builder.addMember(mapMember(await options.client.getMember(userId, { signal: options.signal }), null));
      progress.membersRead++;
      options.onProgress(progress);
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      if (isOutOfScope(error)) reading.unreadable.set(toMemberKey(userId), userId);
      else if (!isNotFound(error)) recordOtherFailure(reading, 'member', userId, error); // WeCom says who does not exist
    }
  });
  const keys = [...reading.unreadable.keys()].sort();
  if (keys.length > 0)
    reading.warnings.push({
      code: 'member.unreadable',
      count: keys.length,
      examples: keys.slice(0, maxExamples).map((key) => ({ key })),
    });
}

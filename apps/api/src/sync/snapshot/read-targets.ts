import { type ReadDepartment, type ReadMember, toMemberKey } from '@orgmirror/planner';
import {
  isWecomError,
  WecomApiError,
  type WecomClient,
  type WecomError,
  WecomResponseError,
} from '@orgmirror/wecom';
import { mapDepartment, mapMember } from './map-wecom.ts';
import { codeOf, forEachConcurrently, isNotFound, isOutOfScope } from './snapshot-read.ts';

/** What events named, and what they said of it. */
export interface Targets {
  userIds: readonly string[];
  departmentIds: readonly number[];
  /** Keys of members who were deleted or renamed, by WeCom's own event. */
  deletedUserKeys: ReadonlySet<string>;
  /** Departments that were deleted, by WeCom's own event. */
  deletedDepartmentIds: ReadonlySet<number>;
}

/** What is present here, as far as the reading must know. */
export interface KnownDirectory {
  departments: ReadonlyMap<number, { parentId: number | null }>;
  /** Departments of each of these members who is present here, by key. */
  readPlaces(userKeys: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>;
  listMembersIn(departmentId: number): Promise<readonly string[]>;
}

export interface TargetOptions {
  client: WecomClient;
  known: KnownDirectory;
  signal: AbortSignal;
  maxConcurrency: number;
  /** How many targets a run may have; when far more is touched by them, a full sync is as quick. */
  maxTargets: number;
}

/** What WeCom said about exactly these. */
export interface TargetReading {
  departments: ReadonlyMap<number, ReadDepartment>;
  removedDepartmentIds: ReadonlySet<number>;
  members: ReadonlyMap<string, ReadMember>;
  /** Members who are present here and gone there. */
  removedUserKeys: ReadonlySet<string>;
}

/** Why the targets alone do not tell enough: only a full sync does. */
export interface Inconclusive {
  reason: 'tooMany' | 'department' | 'member' | 'place';
  key: string;
  detail: string;
}

class InconclusiveError extends Error {
  override readonly name = 'InconclusiveError';
  readonly inconclusive: Inconclusive;

  constructor(reason: Inconclusive['reason'], key: string | number, detail: string, cause?: WecomError) {
    super(detail, { cause });
    this.inconclusive = { reason, key: String(key), detail };
  }
}

interface State extends TargetOptions {
  targets: Targets;
  departments: Map<number, ReadDepartment>;
  removedDepartmentIds: Set<number>;
  members: Map<string, ReadMember>;
  removedUserKeys: Set<string>;
  /** Still to be read; of a department, whether its absence was seen elsewhere already. */
  pendingDepartments: Map<number, { isAbsenceKnown: boolean }>;
  pendingMembers: Map<string, string>;
  /** Departments that WeCom answered with, only to know that the app may see them. */
  visible: Set<number>;
  fetchedMembers: Set<string>;
}

/**
 * Reads again what events named, and what follows from it: below a department its subtree, above it the
 * parents that are not here yet, of a department that is new its members, of one that is gone those who were
 * in it, of a member the departments.
 *
 * It is evidence for what it read and for nothing else. A member, or a department, counts as gone when WeCom
 * says so of that very one and either an event or a complete answer about what is around says so too. A place
 * counts as lost when the member's own answer lacks it although the app may see that department. Anything
 * else is inconclusive.
 * @throws WecomError when the settings are refused or WeCom does not answer
 */
export async function readTargets(
  options: TargetOptions,
  targets: Targets,
): Promise<{ kind: 'read'; reading: TargetReading } | { kind: 'inconclusive'; reason: Inconclusive }> {
  const state: State = {
    ...options,
    targets,
    departments: new Map(),
    removedDepartmentIds: new Set(),
    members: new Map(),
    removedUserKeys: new Set(),
    pendingDepartments: new Map(targets.departmentIds.map((id) => [id, { isAbsenceKnown: false }])),
    pendingMembers: new Map(targets.userIds.map((userId) => [toMemberKey(userId), userId])),
    visible: new Set(),
    fetchedMembers: new Set(),
  };
  try {
    while (state.pendingDepartments.size + state.pendingMembers.size > 0) {
      await readPendingDepartments(state);
      await readPendingMembers(state);
    }
    return { kind: 'read', reading: state };
  } catch (error) {
    if (error instanceof InconclusiveError) return { kind: 'inconclusive', reason: error.inconclusive };
    throw error;
  }
}

async function readPendingDepartments(state: State): Promise<void> {
  for (const [id, { isAbsenceKnown }] of state.pendingDepartments) {
    state.pendingDepartments.delete(id);
    state.signal.throwIfAborted();
    if (state.departments.has(id) || state.removedDepartmentIds.has(id)) continue;
    if (state.departments.size + state.removedDepartmentIds.size > 100 * state.maxTargets)
      throw new InconclusiveError('tooMany', id, 'too many departments are touched');
    const subtree = await fetchUnlessElsewhere(state.known.departments.has(id), () =>
      fetchDepartment(id, () => state.client.listDepartments(id, { signal: state.signal })),
    );
    if (subtree === 'elsewhere') continue;
    if (subtree === undefined) await recordRemovedDepartment(state, id, isAbsenceKnown);
    else await recordSubtree(state, id, subtree.map(mapDepartment));
  }
}

async function recordRemovedDepartment(state: State, id: number, isAbsenceKnown: boolean): Promise<void> {
  const { known, targets } = state;
  state.removedDepartmentIds.add(id);
  if (!known.departments.has(id)) return;
  if (!isAbsenceKnown && !targets.deletedDepartmentIds.has(id))
    throw new InconclusiveError('department', id, `department ${id} does not exist, and no event said so`);
  for (const [childId, { parentId }] of known.departments)
    if (parentId === id) enqueueDepartment(state, childId, { isAbsenceKnown: true });
  for (const userId of await known.listMembersIn(id)) enqueueMember(state, userId);
}

async function recordSubtree(state: State, id: number, subtree: readonly ReadDepartment[]): Promise<void> {
  const { known } = state;
  const listed = new Set(subtree.map((department) => department.id));
  if (!listed.has(id))
    throw new InconclusiveError('department', id, `department/list did not name ${id} itself`);
  for (const department of subtree) await recordDepartment(state, department);
  // What was below it here and is not there any more was moved away or deleted.
  for (const below of listBelow(known.departments, id))
    if (!listed.has(below)) enqueueDepartment(state, below, { isAbsenceKnown: true });
}

/**
 * Takes a department as read; of one that is new here the members come along, since no event may name them.
 */
async function recordDepartment(state: State, department: ReadDepartment): Promise<void> {
  const { id, parentId } = department;
  const { known, client, signal } = state;
  const ours = known.departments.get(id);
  if (parentId === null && ours === undefined)
    throw new InconclusiveError('department', id, `department ${id} came without its parent`);
  state.departments.set(
    id,
    parentId === null ? { ...department, parentId: ours?.parentId ?? 0 } : department,
  );
  await recordParent(state, department);
  if (ours !== undefined) return;
  const members = (await client.listMembers(id, { signal })).map((member) => mapMember(member, id));
  const places = await state.known.readPlaces(members.map(({ userId }) => toMemberKey(userId)));
  for (const member of members) {
    const key = toMemberKey(member.userId);
    state.fetchedMembers.add(key);
    await recordMember(state, key, member, places.get(key));
  }
}

/**
 * Reads the parent when it is not here yet. Above a top department of the visible scope nothing can be read.
 */
async function recordParent(state: State, { id, parentId }: ReadDepartment): Promise<void> {
  if (parentId === null || parentId === 0 || isHere(state, parentId)) return;
  const wasRoot = state.known.departments.get(id)?.parentId === null;
  const parent = wasRoot ? await fetchOptional(state, parentId) : await fetchOne(state, parentId);
  if (parent !== undefined) await recordDepartment(state, parent);
  else if (!wasRoot) throw new InconclusiveError('department', id, `its parent ${parentId} cannot be read`);
}

const isHere = (state: State, id: number): boolean =>
  state.departments.has(id) || (state.known.departments.has(id) && !state.removedDepartmentIds.has(id));

async function readPendingMembers(state: State): Promise<void> {
  const pending = [...state.pendingMembers].filter(([key]) => !state.fetchedMembers.has(key));
  state.pendingMembers.clear();
  if (state.fetchedMembers.size + pending.length > 5 * state.maxTargets)
    throw new InconclusiveError('tooMany', pending.length, 'too many members are touched');
  const answers = new Map<string, ReadMember>();
  const places = await state.known.readPlaces(pending.map(([key]) => key));
  await forEachConcurrently(pending, state.maxConcurrency, async ([key, userId]) => {
    state.fetchedMembers.add(key);
    const answer = await fetchUnlessElsewhere(places.has(key), () => fetchMember(state, key, userId));
    if (answer !== undefined && answer !== 'elsewhere') answers.set(key, answer);
  });
  for (const [key] of pending) {
    const answer = answers.get(key);
    if (answer !== undefined) await recordMember(state, key, answer, places.get(key));
    else if (places.has(key)) recordRemovedMember(state, key);
  }
}

function recordRemovedMember(state: State, key: string): void {
  if (!state.targets.deletedUserKeys.has(key))
    throw new InconclusiveError('member', key, `WeCom does not know ${key}, and no event said so`);
  state.removedUserKeys.add(key);
}

/**
 * Takes a member as read, once every department that the answer names, or no longer names, is known to be
 * seen.
 */
async function recordMember(
  state: State,
  key: string,
  member: ReadMember,
  places: readonly number[] | undefined,
): Promise<void> {
  if (member.listedIn !== null && !member.departments?.length)
    throw new InconclusiveError('place', key, `one list names ${key}, who may be in others`);
  for (const id of member.departments ?? []) await requireDepartment(state, key, id);
  if (member.departments !== null) {
    const named = new Set(member.departments);
    for (const id of places ?? []) if (!named.has(id)) await confirmMembershipRemoved(state, id);
  }
  // The app's visible scope decides whether a sync lists a member without a visible department.
  const isPlaced = (member.departments ?? places ?? []).length > 0;
  if (!isPlaced && places?.length !== 0)
    throw new InconclusiveError('place', key, `WeCom names no department of ${key}`);
  state.members.set(key, member);
}

/** A department that a member is in and that is not here is read, with the parents above it. */
async function requireDepartment(state: State, key: string, id: number): Promise<void> {
  if (isHere(state, id)) return;
  const department = state.removedDepartmentIds.has(id) ? undefined : await fetchOne(state, id);
  if (department === undefined)
    throw new InconclusiveError('place', key, `${key} is in department ${id}, which cannot be read`);
  await recordDepartment(state, department);
}

/** Out of sight is not left: the department must still be visible, or be gone itself. */
async function confirmMembershipRemoved(state: State, id: number): Promise<void> {
  if (state.departments.has(id) || state.removedDepartmentIds.has(id) || state.visible.has(id)) return;
  if ((await fetchOne(state, id)) !== undefined) state.visible.add(id);
  else enqueueDepartment(state, id, { isAbsenceKnown: true });
}

/** One department without what is below it; undefined when it does not exist. */
async function fetchOne({ client, signal }: State, id: number): Promise<ReadDepartment | undefined> {
  const department = await fetchDepartment(id, async () => {
    try {
      return await client.getDepartment(id, { signal });
    } catch (error) {
      // Some private editions have no department/get.
      if (!(error instanceof WecomResponseError && error.kind === 'notFound')) throw error;
      return (await client.listDepartments(id, { signal })).find((listed) => listed.id === id);
    }
  });
  return department && mapDepartment(department);
}

/** Like `fetchOne`, and undefined also when the app may not see it. */
async function fetchOptional(state: State, id: number): Promise<ReadDepartment | undefined> {
  try {
    return await fetchOne(state, id);
  } catch (error) {
    if (error instanceof InconclusiveError) return undefined;
    throw error;
  }
}

/** `elsewhere`: it is not here and the app may not see it, so that a change of it changes nothing here. */
async function fetchUnlessElsewhere<T>(isHere: boolean, ask: () => Promise<T>): Promise<T | 'elsewhere'> {
  try {
    return await ask();
  } catch (error) {
    if (!isHere && error instanceof InconclusiveError && isOutOfScope(error.cause)) return 'elsewhere';
    throw error;
  }
}

async function fetchDepartment<T>(id: number, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isWecomError(error) && isNotFound(error)) return undefined;
    throw toInconclusive(error, 'department', id);
  }
}

async function fetchMember(
  { client, signal }: State,
  key: string,
  userId: string,
): Promise<ReadMember | undefined> {
  try {
    const answer = mapMember(await client.getMember(userId, { signal }), null);
    if (toMemberKey(answer.userId) === key) return answer;
    throw new InconclusiveError('member', key, 'the answer is about another member');
  } catch (error) {
    if (isWecomError(error) && isNotFound(error)) return undefined;
    throw toInconclusive(error, 'member', key);
  }
}

/**
 * An answer that is no answer makes the read inconclusive; a failure that may pass, or one of the settings,
 * stays what it is.
 */
function toInconclusive(error: unknown, reason: 'department' | 'member', key: string | number): unknown {
  const isAnswer =
    (error instanceof WecomApiError && error.retryClass === 'never' && error.kind !== 'permission') ||
    (error instanceof WecomResponseError && !error.maybeCutOff);
  if (!isAnswer) return error;
  return new InconclusiveError(reason, key, `WeCom answered ${codeOf(error)} about ${key}`, error);
}

function enqueueDepartment(state: State, id: number, evidence: { isAbsenceKnown: boolean }): void {
  if (!state.departments.has(id) && !state.removedDepartmentIds.has(id))
    state.pendingDepartments.set(id, evidence);
}

function enqueueMember(state: State, userId: string): void {
  const key = toMemberKey(userId);
  if (!state.fetchedMembers.has(key)) state.pendingMembers.set(key, userId);
}

function listBelow(departments: KnownDirectory['departments'], id: number): number[] {
  const childrenOf = Map.groupBy(departments, ([, { parentId }]) => parentId);
  const below = [id];
  for (const above of below) for (const [childId] of childrenOf.get(above) ?? []) below.push(childId);
  return below.slice(1);
}

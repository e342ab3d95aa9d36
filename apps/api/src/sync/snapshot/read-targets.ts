import { type ReadDepartment, type ReadMember, toMemberKey } from '@orgmirror/planner';
import { isWecomError, WecomApiError, type WecomClient, WecomResponseError } from '@orgmirror/wecom';
import { mapDepartment, mapMember } from './map-wecom.ts';
import { codeOf, forEachConcurrently, isGone } from './reading.ts';

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
  goneDepartmentIds: ReadonlySet<number>;
  members: ReadonlyMap<string, ReadMember>;
  /** Members who are present here and gone there. */
  goneUserKeys: ReadonlySet<string>;
}

/** Why the targets alone do not tell enough: only a full sync does. */
export interface Doubt {
  reason: 'tooMany' | 'department' | 'member' | 'place';
  key: string;
  detail: string;
}

class DoubtError extends Error {
  override readonly name = 'DoubtError';
  readonly doubt: Doubt;

  constructor(reason: Doubt['reason'], key: string | number, detail: string) {
    super(detail);
    this.doubt = { reason, key: String(key), detail };
  }
}

interface State extends TargetOptions {
  targets: Targets;
  departments: Map<number, ReadDepartment>;
  goneDepartmentIds: Set<number>;
  members: Map<string, ReadMember>;
  goneUserKeys: Set<string>;
  /** Still to be read; of a department, whether its absence was seen elsewhere already. */
  waitingDepartments: Map<number, { isAbsenceKnown: boolean }>;
  waitingMembers: Map<string, string>;
  /** Departments that WeCom answered with, only to know that the app may see them. */
  visible: Set<number>;
  askedMembers: Set<string>;
}

/**
 * Reads again what events named, and what follows from it: below a department its subtree, above it the parents that are
 * not here yet, of a department that is new its members, of one that is gone those who were in it, of a member the
 * departments.
 *
 * It is evidence for what it read and for nothing else. A member, or a department, counts as gone when WeCom says so of
 * that very one and either an event or a complete answer about what is around says so too. A place counts as lost when
 * the member's own answer lacks it although the app may see that department. Anything else is doubtful.
 * @throws WecomError when the settings are refused or WeCom does not answer
 */
export async function readTargets(
  options: TargetOptions,
  targets: Targets,
): Promise<{ kind: 'read'; reading: TargetReading } | { kind: 'doubtful'; doubt: Doubt }> {
  const state: State = {
    ...options,
    targets,
    departments: new Map(),
    goneDepartmentIds: new Set(),
    members: new Map(),
    goneUserKeys: new Set(),
    waitingDepartments: new Map(targets.departmentIds.map((id) => [id, { isAbsenceKnown: false }])),
    waitingMembers: new Map(targets.userIds.map((userId) => [toMemberKey(userId), userId])),
    visible: new Set(),
    askedMembers: new Set(),
  };
  try {
    while (state.waitingDepartments.size + state.waitingMembers.size > 0) {
      await readWaitingDepartments(state);
      await readWaitingMembers(state);
    }
    return { kind: 'read', reading: state };
  } catch (error) {
    if (error instanceof DoubtError) return { kind: 'doubtful', doubt: error.doubt };
    throw error;
  }
}

async function readWaitingDepartments(state: State): Promise<void> {
  for (const [id, { isAbsenceKnown }] of state.waitingDepartments) {
    state.waitingDepartments.delete(id);
    state.signal.throwIfAborted();
    if (state.departments.has(id) || state.goneDepartmentIds.has(id)) continue;
    if (state.departments.size + state.goneDepartmentIds.size > 100 * state.maxTargets)
      throw new DoubtError('tooMany', id, 'too many departments are touched');
    const subtree = await askDepartment(id, () => state.client.listDepartments(id, { signal: state.signal }));
    if (subtree === undefined) await takeGoneDepartment(state, id, isAbsenceKnown);
    else await takeSubtree(state, id, subtree.map(mapDepartment));
  }
}

async function takeGoneDepartment(state: State, id: number, isAbsenceKnown: boolean): Promise<void> {
  const { known, targets } = state;
  state.goneDepartmentIds.add(id);
  if (!known.departments.has(id)) return;
  if (!isAbsenceKnown && !targets.deletedDepartmentIds.has(id))
    throw new DoubtError('department', id, `department ${id} does not exist, and no event said so`);
  for (const [childId, { parentId }] of known.departments)
    if (parentId === id) wantDepartment(state, childId, { isAbsenceKnown: true });
  for (const userId of await known.listMembersIn(id)) wantMember(state, userId);
}

async function takeSubtree(state: State, id: number, subtree: readonly ReadDepartment[]): Promise<void> {
  const { known } = state;
  const listed = new Set(subtree.map((department) => department.id));
  if (!listed.has(id)) throw new DoubtError('department', id, `department/list did not name ${id} itself`);
  for (const department of subtree) await toSnapshotDepartment(state, department);
  // What was below it here and is not there any more was moved away or deleted.
  for (const below of listBelow(known.departments, id))
    if (!listed.has(below)) wantDepartment(state, below, { isAbsenceKnown: true });
}

/** Takes a department as read; of one that is new here the members come along, since no event may name them. */
async function toSnapshotDepartment(state: State, department: ReadDepartment): Promise<void> {
  const { id, parentId } = department;
  const { known, client, signal } = state;
  const ours = known.departments.get(id);
  if (parentId === null && ours === undefined)
    throw new DoubtError('department', id, `department ${id} came without its parent`);
  state.departments.set(
    id,
    parentId === null ? { ...department, parentId: ours?.parentId ?? 0 } : department,
  );
  await takeParent(state, department);
  if (ours !== undefined) return;
  const members = (await client.listMembers(id, { signal })).map((member) => mapMember(member, id));
  const places = await state.known.readPlaces(members.map(({ userId }) => toMemberKey(userId)));
  for (const member of members) {
    const key = toMemberKey(member.userId);
    state.askedMembers.add(key);
    await takeMember(state, key, member, places.get(key));
  }
}

/** Reads the parent when it is not here yet. Above a top department of the visible scope nothing can be read. */
async function takeParent(state: State, { id, parentId }: ReadDepartment): Promise<void> {
  if (parentId === null || parentId === 0 || isHere(state, parentId)) return;
  const wasRoot = state.known.departments.get(id)?.parentId === null;
  const parent = wasRoot ? await askOptional(state, parentId) : await askOne(state, parentId);
  if (parent !== undefined) await toSnapshotDepartment(state, parent);
  else if (!wasRoot) throw new DoubtError('department', id, `its parent ${parentId} cannot be read`);
}

const isHere = (state: State, id: number): boolean =>
  state.departments.has(id) || (state.known.departments.has(id) && !state.goneDepartmentIds.has(id));

async function readWaitingMembers(state: State): Promise<void> {
  const waiting = [...state.waitingMembers].filter(([key]) => !state.askedMembers.has(key));
  state.waitingMembers.clear();
  if (state.askedMembers.size + waiting.length > 5 * state.maxTargets)
    throw new DoubtError('tooMany', waiting.length, 'too many members are touched');
  const answers = new Map<string, ReadMember>();
  await forEachConcurrently(waiting, state.maxConcurrency, async ([key, userId]) => {
    state.askedMembers.add(key);
    const answer = await askMember(state, key, userId);
    if (answer !== undefined) answers.set(key, answer);
  });
  const places = await state.known.readPlaces(waiting.map(([key]) => key));
  for (const [key] of waiting) {
    const answer = answers.get(key);
    if (answer !== undefined) await takeMember(state, key, answer, places.get(key));
    else if (places.has(key)) takeGoneMember(state, key);
  }
}

function takeGoneMember(state: State, key: string): void {
  if (!state.targets.deletedUserKeys.has(key))
    throw new DoubtError('member', key, `WeCom does not know ${key}, and no event said so`);
  state.goneUserKeys.add(key);
}

/** Takes a member as read, once every department that the answer names, or no longer names, is known to be seen. */
async function takeMember(
  state: State,
  key: string,
  member: ReadMember,
  places: readonly number[] | undefined,
): Promise<void> {
  if (member.listedIn !== null && !member.departments?.length)
    throw new DoubtError('place', key, `one list names ${key}, who may be in others`);
  for (const id of member.departments ?? []) await requireDepartment(state, key, id);
  if (member.departments !== null) {
    const named = new Set(member.departments);
    for (const id of places ?? []) if (!named.has(id)) await confirmLostPlace(state, id);
  }
  // Whether a sync lists somebody without a visible department, the app's visible scope decides.
  const isPlaced = (member.departments ?? places ?? []).length > 0;
  if (!isPlaced && places?.length !== 0)
    throw new DoubtError('place', key, `WeCom names no department of ${key}`);
  state.members.set(key, member);
}

/** A department that a member is in and that is not here is read, with the parents above it. */
async function requireDepartment(state: State, key: string, id: number): Promise<void> {
  if (isHere(state, id)) return;
  const department = state.goneDepartmentIds.has(id) ? undefined : await askOne(state, id);
  if (department === undefined)
    throw new DoubtError('place', key, `${key} is in department ${id}, which cannot be read`);
  await toSnapshotDepartment(state, department);
}

/** Out of sight is not left: the department must still be visible, or be gone itself. */
async function confirmLostPlace(state: State, id: number): Promise<void> {
  if (state.departments.has(id) || state.goneDepartmentIds.has(id) || state.visible.has(id)) return;
  if ((await askOne(state, id)) !== undefined) state.visible.add(id);
  else wantDepartment(state, id, { isAbsenceKnown: true });
}

/** One department without what is below it; undefined when it does not exist. */
async function askOne({ client, signal }: State, id: number): Promise<ReadDepartment | undefined> {
  const department = await askDepartment(id, async () => {
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

/** Like `askOne`, and undefined also when the app may not see it. */
async function askOptional(state: State, id: number): Promise<ReadDepartment | undefined> {
  try {
    return await askOne(state, id);
  } catch (error) {
    if (error instanceof DoubtError) return undefined;
    throw error;
  }
}

async function askDepartment<T>(id: number, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isWecomError(error) && isGone(error)) return undefined;
    throw doubtOrError(error, 'department', id);
  }
}

async function askMember(
  { client, signal }: State,
  key: string,
  userId: string,
): Promise<ReadMember | undefined> {
  try {
    const answer = mapMember(await client.getMember(userId, { signal }), null);
    if (toMemberKey(answer.userId) === key) return answer;
    throw new DoubtError('member', key, 'the answer is about another member');
  } catch (error) {
    if (isWecomError(error) && isGone(error)) return undefined;
    throw doubtOrError(error, 'member', key);
  }
}

/** An answer that is no answer makes a doubt; a failure that may pass, or one of the settings, stays what it is. */
function doubtOrError(error: unknown, reason: 'department' | 'member', key: string | number): unknown {
  const isAnswer =
    (error instanceof WecomApiError && error.retryClass === 'never' && error.kind !== 'permission') ||
    (error instanceof WecomResponseError && !error.maybeCutOff);
  if (!isAnswer) return error;
  return new DoubtError(reason, key, `WeCom answered ${codeOf(error)} about ${key}`);
}

function wantDepartment(state: State, id: number, evidence: { isAbsenceKnown: boolean }): void {
  if (!state.departments.has(id) && !state.goneDepartmentIds.has(id))
    state.waitingDepartments.set(id, evidence);
}

function wantMember(state: State, userId: string): void {
  const key = toMemberKey(userId);
  if (!state.askedMembers.has(key)) state.waitingMembers.set(key, userId);
}

function listBelow(departments: KnownDirectory['departments'], id: number): number[] {
  const childrenOf = Map.groupBy(departments, ([, { parentId }]) => parentId);
  const below = [id];
  for (const above of below) for (const [childId] of childrenOf.get(above) ?? []) below.push(childId);
  return below.slice(1);
}

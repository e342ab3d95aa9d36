import type { SubjectNames, SyncSubject } from '@orgmirror/contracts';
import {
  listMentionedDepartments,
  listMentionedMembers,
  readValues,
} from '../directory/members/mentioned-names.ts';
import type { PrismaClient, SyncChange } from '../platform/database/generated/client.ts';
import { presentSyncChange } from './list-changes.ts';
import type { SubjectRow } from './list-subjects.ts';
import { isActiveStatus, type SyncRun } from './sync-run-repository.ts';

/** What the directory knows of the members and departments that a page of subjects shows or mentions. */
export interface SubjectContext {
  members: ReadonlyMap<string, StoredMember>;
  departments: ReadonlyMap<number, string>;
  /** Departments of `departments` that are only planned. */
  plannedDepartments: ReadonlySet<number>;
}

interface StoredMember {
  userId: string;
  name: string;
  avatarUrl: string | null;
}

/** Reads the names of all that the rows show or mention, in two queries and a third for a plan's own. */
export async function readSubjectContext(
  prisma: PrismaClient,
  run: SyncRun,
  rows: readonly SubjectRow[],
): Promise<SubjectContext> {
  const changes = rows.flatMap((row) => row.changes);
  const departmentIds = new Set(changes.flatMap(listDepartmentIds));
  const memberKeys = new Set([
    ...rows.flatMap(({ userKey }) => userKey ?? []),
    ...changes.flatMap(listMentionedMembers),
  ]);
  return {
    members: await readMembers(prisma, run.corpRowId, [...memberKeys]),
    ...(await readDepartmentNames(prisma, run, [...departmentIds])),
  };
}

async function readMembers(
  prisma: PrismaClient,
  corpRowId: number,
  userKeys: string[],
): Promise<Map<string, StoredMember>> {
  const rows = await prisma.member.findMany({
    where: { corpRowId, userKey: { in: userKeys } },
    select: { userKey: true, userId: true, name: true, avatarUrl: true },
  });
  return new Map(rows.map(({ userKey, ...member }) => [userKey, member]));
}

/** Names of departments as they are now, or as the run plans them while they are not here yet. */
export async function readDepartmentNames(
  prisma: PrismaClient,
  run: Pick<SyncRun, 'id' | 'corpRowId'>,
  ids: readonly number[],
): Promise<Pick<SubjectContext, 'departments' | 'plannedDepartments'>> {
  const stored = await prisma.department.findMany({
    where: { corpRowId: run.corpRowId, wecomId: { in: ids.map(BigInt) } },
    select: { wecomId: true, name: true },
  });
  const departments = new Map(stored.map(({ wecomId, name }) => [Number(wecomId), name]));
  const missing = ids.filter((id) => !departments.has(id));
  if (missing.length === 0) return { departments, plannedDepartments: new Set() };
  const planned = await prisma.syncChange.findMany({
    where: { runId: run.id, entity: 'department', departmentId: { in: missing.map(BigInt) } },
    select: { departmentId: true, name: true },
  });
  for (const { departmentId, name } of planned) departments.set(Number(departmentId), name);
  return { departments, plannedDepartments: new Set(missing) };
}

/** A row as the API shows it. */
export function presentSubject(row: SubjectRow, run: SyncRun, context: SubjectContext): SyncSubject {
  const outcome = findOutcome(row, run);
  return {
    ...(row.userKey === null ? describeDepartment(row, context) : describeMember(row, row.userKey, context)),
    section: row.held && run.status !== 'succeeded' ? 'held' : row.section,
    outcome,
    changes: row.changes.map((change) => presentSyncChange(change, run)),
  };
}

type Identity = Pick<SyncSubject, 'entity' | 'id' | 'name' | 'avatarUrl' | 'stored'>;

function describeMember({ changes }: SubjectRow, userKey: string, { members }: SubjectContext): Identity {
  const stored = members.get(userKey);
  const own = changes.find(({ entity }) => entity === 'member');
  const planned = own && readValue(own, 'userId');
  return {
    entity: 'member',
    id: stored?.userId ?? (typeof planned === 'string' ? planned : userKey),
    name: own?.name ?? stored?.name ?? changes[0]?.name ?? userKey,
    avatarUrl: stored?.avatarUrl ?? null,
    stored: stored !== undefined,
  };
}

function describeDepartment({ changes }: SubjectRow, { plannedDepartments }: SubjectContext): Identity {
  const [change] = changes;
  return {
    entity: 'department',
    id: change?.key ?? '',
    name: change?.name ?? '',
    avatarUrl: null,
    stored: !plannedDepartments.has(Number(change?.departmentId)),
  };
}

function findOutcome({ held }: SubjectRow, run: SyncRun): SyncSubject['outcome'] {
  if (run.status === 'succeeded' || (run.appliedAt !== null && !held)) return 'applied';
  if (run.status === 'awaitingApproval') return held ? 'held' : 'planned';
  return isActiveStatus(run.status as Parameters<typeof isActiveStatus>[0]) ? 'planned' : 'discarded';
}

/** The names for the client, which puts them in place of ids. */
export const presentNames = ({ members, departments }: SubjectContext): SubjectNames => ({
  departments: Object.fromEntries([...departments].map(([id, name]) => [String(id), name])),
  members: Object.fromEntries([...members].map(([key, { name }]) => [key, name])),
});

const listDepartmentIds = (change: SyncChange): number[] => {
  const own = Number(change.departmentId ?? 0);
  return [...(own > 0 ? [own] : []), ...listMentionedDepartments(change)];
};

const readValue = (change: SyncChange, field: string): unknown =>
  readValues(change, field).findLast((value) => value !== undefined);

import { type Rename, toMemberKey } from '@orgmirror/planner';
import type { Executor } from '../platform/database/database.ts';
import { type CallbackEvent, Prisma, type PrismaClient } from '../platform/database/generated/client.ts';

/** What a run is to read again because of events, and what those said of it. */
export interface EventTargets {
  userIds: string[];
  departmentIds: number[];
  tagIds: number[];
  deletedUserKeys: Set<string>;
  deletedDepartmentIds: Set<number>;
}

/** With more members and departments than this a full sync is as quick. */
export const maxTargets = 200;

/** What an event is about, as far as its processing asks. */
export type ClaimedEvent = Pick<CallbackEvent, 'event' | 'changeType' | 'object' | 'newObject'>;

/** The events that a run took up. */
export const listClaimedEvents = (
  prisma: PrismaClient,
  { id, corpRowId }: { id: string; corpRowId: number },
): Promise<ClaimedEvent[]> => prisma.$queryRaw`
  SELECT DISTINCT event, change_type AS "changeType", object, new_object AS "newObject"
  FROM callback_event WHERE corp_row_id = ${corpRowId} AND status = 'waiting' AND run_id = ${id}::uuid`;

/** What events are about, each member and department once, in any order. */
export function collectTargets(events: readonly ClaimedEvent[]): EventTargets {
  const userIds = new Map<string, string>();
  const departmentIds = new Set<number>();
  const tagIds = new Set<number>();
  const deletedUserKeys = new Set<string>();
  const deletedDepartmentIds = new Set<number>();
  const nameMember = (userId: string) => userIds.set(toMemberKey(userId), userId);
  for (const { event, changeType, object, newObject } of events) {
    if (object === null) continue;
    if (changeType === 'update_tag') tagIds.add(Number(object));
    else if (changeType?.endsWith('_party')) {
      departmentIds.add(Number(object));
      if (changeType === 'delete_party') deletedDepartmentIds.add(Number(object));
    } else if (event === 'change_contact' || event === 'subscribe' || event === 'unsubscribe') {
      nameMember(object);
      if (newObject !== null) nameMember(newObject);
      if (changeType === 'delete_user' || newObject !== null) deletedUserKeys.add(toMemberKey(object));
    }
  }
  return {
    userIds: [...userIds.values()],
    departmentIds: [...departmentIds],
    tagIds: [...tagIds],
    deletedUserKeys,
    deletedDepartmentIds,
  };
}

/**
 * Userids that changed by events that still wait, each from what it was first to what it is last. A run of
 * any kind applies them: without them one member would seem gone and another new.
 */
export async function listWaitingRenames(prisma: PrismaClient, corpRowId: number): Promise<Rename[]> {
  const events = await prisma.callbackEvent.findMany({
    where: { corpRowId, status: 'waiting', newObject: { not: null } },
    select: { object: true, newObject: true },
    orderBy: [{ occurredAt: { sort: 'asc', nulls: 'first' } }, { receivedAt: 'asc' }],
  });
  const renames: Rename[] = [];
  for (const { object, newObject } of events) {
    if (object === null || newObject === null) continue;
    const [from, to] = [toMemberKey(object), toMemberKey(newObject)];
    if (from === to) continue; // another spelling is a change like any other
    const earlier = renames.find((rename) => rename.to === from);
    if (earlier) earlier.to = to;
    else renames.push({ from, to });
  }
  return renames;
}

/** Those of these keys and department ids that events, which still wait, are about. */
export async function listWaitingObjects(prisma: Executor, corpRowId: number): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ object: string }[]>(Prisma.sql`
    SELECT DISTINCT lower(object) AS object FROM callback_event
    WHERE corp_row_id = ${corpRowId} AND status = 'waiting' AND object IS NOT NULL
    UNION
    SELECT DISTINCT lower(new_object) FROM callback_event
    WHERE corp_row_id = ${corpRowId} AND status = 'waiting' AND new_object IS NOT NULL`);
  return rows.map(({ object }) => object);
}

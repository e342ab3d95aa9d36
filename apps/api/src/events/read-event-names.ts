import { toMemberKey } from '@orgmirror/planner';
import { readDepartmentNames } from '../directory/departments/department-repository.ts';
import { readMemberNames } from '../directory/members/member-repository.ts';
import type { CallbackEvent, PrismaClient } from '../platform/database/generated/client.ts';

/** Names that the members and departments of events have now, by event id. */
export async function readEventNames(
  prisma: PrismaClient,
  corpRowId: number,
  events: readonly CallbackEvent[],
): Promise<Map<string, string>> {
  const named = events.flatMap(({ id, changeType, object, newObject }) =>
    object === null ? [] : [{ id, isDepartment: changeType?.endsWith('_party') ?? false, object, newObject }],
  );
  const departmentIds = named.flatMap(({ isDepartment, object }) =>
    isDepartment && /^\d{1,15}$/.test(object) ? [Number(object)] : [],
  );
  const userKeys = named.flatMap(({ isDepartment, object, newObject }) =>
    isDepartment ? [] : [object, newObject ?? object].map(toMemberKey),
  );
  const [departments, members] = await Promise.all([
    readDepartmentNames(prisma, corpRowId, departmentIds),
    readMemberNames(prisma, corpRowId, userKeys),
  ]);
  return new Map(
    named.flatMap(({ id, isDepartment, object, newObject }) => {
      const name = isDepartment
        ? departments.get(Number(object))
        : (members.get(toMemberKey(newObject ?? object)) ?? members.get(toMemberKey(object)));
      return name === undefined ? [] : [[id, name]];
    }),
  );
}

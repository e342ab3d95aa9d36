import type { Corp } from '@orgmirror/wecom-simulator';
import type { Sql } from './query-database.ts';
import { readStoredDirectory } from './read-directory.ts';

/** Those who are present, in order: as WeCom holds them, or as the database does. */
export type Mirror = Awaited<ReturnType<typeof readMirror>> | ReturnType<typeof readCorp>;

/** What WeCom holds, in the words of the mirror. */
export function readCorp(corp: Corp) {
  const departments = [...corp.departments.values()]
    .map(({ id, name, parentid, order, leaders }) => ({
      id,
      name,
      parentId: parentid === 0 ? null : parentid,
      sortOrder: order,
      leaderUserIds: leaders,
    }))
    .sort((a, b) => a.id - b.id);
  const members = [...corp.members.values()]
    .map(({ userid, name, position, status, memberships, mainDepartmentId }) => ({
      userId: userid,
      name,
      position,
      status,
      mainDepartmentId,
      memberships: memberships
        .map(({ departmentId, order, isLeader }) => ({
          departmentId,
          sortOrder: order,
          isLeader,
          isMain: departmentId === mainDepartmentId,
        }))
        .sort((a, b) => a.departmentId - b.departmentId),
    }))
    .sort(byKey);
  return { departments, members };
}

/** What is present in the database, of one corp if it is named. */
export async function readMirror(sql: Sql, corpId?: string) {
  const { departments, members } = await readStoredDirectory(sql, corpId);
  return {
    departments: departments
      .filter(({ presence }) => presence === 'present')
      .map(({ id, name, parentId, sortOrder, leaderUserIds }) => ({
        id,
        name,
        parentId,
        sortOrder,
        leaderUserIds,
      })),
    members: members
      .filter(({ presence }) => presence === 'present')
      .map(({ userId, name, position, status, mainDepartmentId, memberships }) => ({
        userId,
        name,
        position,
        status,
        mainDepartmentId,
        memberships,
      }))
      .sort(byKey),
  };
}

const byKey = (a: { userId: string }, b: { userId: string }) =>
  a.userId.toLowerCase() < b.userId.toLowerCase() ? -1 : 1;

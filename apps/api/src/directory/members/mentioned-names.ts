import type { SubjectNames } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { readDepartmentNames } from '../departments/department-repository.ts';
import { readMemberNames } from './member-repository.ts';

/** What a row had before a change and after it, as runs record it. */
export interface RecordedChange {
  before: unknown;
  after: unknown;
}

const departmentFields = ['departmentId', 'parentId', 'mainDepartmentId'] as const;
const memberFields = ['leaderUserIds', 'directLeaderUserIds'] as const;

/** The departments that a change mentions, by WeCom's id. */
export const listMentionedDepartments = (change: RecordedChange): number[] =>
  departmentFields
    .flatMap((field) => readValues(change, field))
    .filter((id): id is number => typeof id === 'number' && id > 0);

/** The members that a change mentions, by lower-case userid. */
export const listMentionedMembers = (change: RecordedChange): string[] =>
  memberFields
    .flatMap((field) => readValues(change, field))
    .flat()
    .filter((userId) => typeof userId === 'string')
    .map(toMemberKey);

/** The value of a field before and after the change. */
export const readValues = ({ before, after }: RecordedChange, field: string): unknown[] =>
  [before, after].map((values) => (values as Record<string, unknown> | null)?.[field]);

/** The names of all that changes mention, in two queries; what is not in the directory is left out. */
export async function readMentionedNames(
  prisma: PrismaClient,
  corpRowId: number,
  changes: readonly RecordedChange[],
): Promise<SubjectNames> {
  const [departments, members] = await Promise.all([
    readDepartmentNames(prisma, corpRowId, [...new Set(changes.flatMap(listMentionedDepartments))]),
    readMemberNames(prisma, corpRowId, [...new Set(changes.flatMap(listMentionedMembers))]),
  ]);
  return { departments: Object.fromEntries(departments), members: Object.fromEntries(members) };
}

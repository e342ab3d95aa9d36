import type { DepartmentValues, MemberValues } from '@orgmirror/planner';
import type { SensitiveFieldName } from '../../directory/sensitive/sensitive-fields.ts';
import { Prisma } from '../../platform/database/generated/client.ts';

interface Column {
  column: string;
  /** Name of the value in a change. */
  name: string;
  /** SQL that reads it out of a change `c`. */
  read: string;
  /** A value that no change replaces: it was set here after the plan was made. */
  kept?: string;
}

const text = (name: string) => `c.after->>'${name}'`;
/** A JSON null means "not visible", which is SQL's null. */
const json = (name: string) => `nullif(c.after->'${name}', 'null')`;
const cast = (type: string) => (name: string) => `(c.after->>'${name}')::${type}`;

const column = <Name extends string>(column: string, name: Name, read: (name: string) => string) => ({
  column,
  name,
  read: read(name),
});

/** Columns of `department` that a change can set; the parent is a reference and set on its own. */
export const departmentColumns: readonly (Column & { name: Exclude<keyof DepartmentValues, 'parentId'> })[] =
  [
    column('name', 'name', text),
    column('name_en', 'nameEn', text),
    column('sort_order', 'sortOrder', cast('bigint')),
    column('leader_user_ids', 'leaderUserIds', json),
    column('presence', 'presence', cast('department_presence')),
  ];

/** Columns of `member` that a change can set; sensitive fields are stored in a table of their own. */
export const memberColumns: readonly (Column & { name: Exclude<keyof MemberValues, SensitiveFieldName> })[] =
  [
    column('user_id', 'userId', text),
    column('name', 'name', (name) => `coalesce(c.after->>'${name}', c.after->>'userId')`),
    column('english_name', 'englishName', text),
    column('alias', 'alias', text),
    column('position', 'position', text),
    column('status', 'status', cast('int')),
    column('gender', 'gender', text),
    column('telephone', 'telephone', text),
    column('avatar_url', 'avatarUrl', text),
    column('thumb_avatar_url', 'thumbAvatarUrl', text),
    column('open_user_id', 'openUserId', text),
    column('external_position', 'externalPosition', text),
    column('external_profile', 'externalProfile', json),
    column('extended_attributes', 'extendedAttributes', json),
    column('direct_leader_user_ids', 'directLeaderUserIds', json),
    column('main_department_id', 'mainDepartmentId', cast('bigint')),
    { ...column('disabled_by', 'disabledBy', cast('disabled_by')), kept: 'admin' },
    column('presence', 'presence', (name) => `coalesce(c.after->>'${name}', 'present')::member_presence`),
  ];

/** `SET` list that takes over what a change `c` carries and leaves the rest of row `row` as it is. */
export function buildSetClause(columns: readonly Column[], row: string): Prisma.Sql {
  const assignments = columns.map(
    ({ column, name, read, kept }) =>
      `${column} = CASE WHEN c.after ? '${name}'${kept ? ` AND ${row}.${column} IS DISTINCT FROM '${kept}'` : ''}
        THEN ${read} ELSE ${row}.${column} END`,
  );
  return Prisma.raw(assignments.join(', '));
}

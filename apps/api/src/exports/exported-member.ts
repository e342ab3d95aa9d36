import type { MemberStatus } from '@orgmirror/contracts';
import { type AttributeValues, parseAttributeValues } from '../directory/attributes/attribute-repository.ts';
import { parsePath } from '../directory/departments/department-repository.ts';
import { presentStatus } from '../directory/members/member-status.ts';
import { readUserIds } from '../directory/members/present-members.ts';
import { maskValue } from '../directory/sensitive/sensitive-fields.ts';
import { readSensitiveValues, type StoredSensitive } from '../directory/sensitive/sensitive-values.ts';
import type { Database } from '../platform/database/database.ts';
import { Prisma } from '../platform/database/generated/client.ts';
import type { SecretBox } from '../platform/secret-box.ts';

/** A department that a member is in, by its names from the root down. */
export interface ExportedPlace {
  path: string;
  isMain: boolean;
  isLeader: boolean;
}

/** What a file tells of a member. */
export interface ExportedMember {
  userId: string;
  name: string;
  alias: string;
  position: string;
  status: MemberStatus;
  places: ExportedPlace[];
  directLeaderUserIds: string[];
  /** Masked or in full, as it was asked for. */
  mobile: string;
  email: string;
  attributes: AttributeValues;
}

interface StoredMember {
  userId: string;
  name: string;
  alias: string | null;
  position: string | null;
  status: number | null;
  presence: 'present' | 'left';
  directLeaderUserIds: Prisma.JsonValue;
  places: { department: number; main: boolean; leader: boolean }[] | null;
  values: Prisma.JsonValue;
  contacts: Uint8Array<ArrayBuffer> | null;
  contactsAt: Date | null;
  authorised: Uint8Array<ArrayBuffer> | null;
  authorisedAt: Date | null;
}

/** What the members of one file have in common. */
export interface MemberForm {
  /** Names from the root down by WeCom's id, of removed departments as well. */
  pathOf: (departmentId: number) => string;
  showsContacts: boolean;
  isRevealed: boolean;
}

/**
 * Members by local id, in the order of the ids, by one statement: what lists read of a member takes far more memory.
 */
export async function readExportedMembers(
  { database, secretBox }: { database: Pick<Database, 'queryLarge'>; secretBox: SecretBox },
  ids: readonly number[],
  form: MemberForm,
): Promise<ExportedMember[]> {
  const { columns, joins } = form.showsContacts ? sealedContacts : noContacts;
  const rows = await database.queryLarge<StoredMember>(Prisma.sql`
    SELECT m.user_id AS "userId", m.name, m.alias, m.position, m.status, m.presence,
      m.direct_leader_user_ids AS "directLeaderUserIds", t.values, ${columns},
      (SELECT json_agg(json_build_object('department', d.wecom_id, 'main', s.is_main, 'leader', s.is_leader)
                       ORDER BY s.is_main DESC, d.wecom_id)
       FROM membership s JOIN department d ON d.id = s.department_id WHERE s.member_id = m.id) AS places
    FROM unnest(${[...ids]}::int[]) WITH ORDINALITY AS asked (id, place) JOIN member m ON m.id = asked.id
    LEFT JOIN member_attributes t ON t.member_id = m.id ${joins}
    ORDER BY asked.place`);
  return rows.map((row) => toExported(row, form, secretBox));
}

const noContacts = {
  columns: Prisma.sql`NULL AS contacts, NULL AS "contactsAt", NULL AS authorised, NULL AS "authorisedAt"`,
  joins: Prisma.empty,
};
const sealedContacts = {
  columns: Prisma.sql`c.sealed AS contacts, c.updated_at AS "contactsAt", a.sealed AS authorised, a.updated_at AS "authorisedAt"`,
  joins: Prisma.sql`
    LEFT JOIN member_sensitive c ON c.member_id = m.id AND c.source = 'contacts'
    LEFT JOIN member_sensitive a ON a.member_id = m.id AND a.source = 'authorised'`,
};

function toExported(
  row: StoredMember,
  { pathOf, isRevealed }: MemberForm,
  secretBox: SecretBox,
): ExportedMember {
  const { mobile, email, bizMail } = readSensitiveValues({ sensitive: listSealed(row) }, secretBox);
  const show = (field: 'mobile' | 'email', value = '') => (isRevealed ? value : maskValue(field, value));
  return {
    userId: row.userId,
    name: row.name,
    alias: row.alias ?? '',
    position: row.position ?? '',
    status: row.presence === 'left' ? 'left' : presentStatus(row.status),
    places: (row.places ?? []).map(({ department, main, leader }) => ({
      path: pathOf(department),
      isMain: main,
      isLeader: leader,
    })),
    directLeaderUserIds: readUserIds(row.directLeaderUserIds),
    mobile: show('mobile', mobile?.value),
    email: show('email', (email ?? bizMail)?.value),
    attributes: row.values === null ? {} : parseAttributeValues(row.values),
  };
}

function listSealed(row: StoredMember): StoredSensitive['sensitive'] {
  const { contacts, contactsAt, authorised, authorisedAt } = row;
  return [
    ...(contacts && contactsAt ? [{ source: 'contacts', sealed: contacts, updatedAt: contactsAt }] : []),
    ...(authorised && authorisedAt
      ? [{ source: 'authorised', sealed: authorised, updatedAt: authorisedAt }]
      : []),
  ];
}

/** Names of every department from the root down; each is put together when it is first asked for. */
export async function readDepartmentPaths(
  { queryLarge }: Pick<Database, 'queryLarge'>,
  corpRowId: number,
): Promise<(departmentId: number) => string> {
  const rows = await queryLarge<{ id: string; name: string; path: string }>(Prisma.sql`
    SELECT wecom_id AS id, name, path FROM department WHERE corp_row_id = ${corpRowId}`);
  const departments = new Map(rows.map(({ id, name, path }) => [Number(id), { name, path }]));
  const known = new Map<number, string>();
  return (departmentId) => {
    const path = known.get(departmentId) ?? describe(departmentId);
    known.set(departmentId, path);
    return path;
  };

  function describe(departmentId: number): string {
    return parsePath(departments.get(departmentId)?.path ?? '')
      .map((id) => departments.get(id)?.name ?? String(id))
      .join('/');
  }
}

import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import { type AttributeValues, parseAttributeValues } from '../attributes/attribute-repository.ts';
import { parsePath } from '../departments/department-repository.ts';
import type { StoredSensitive } from '../sensitive/sensitive-values.ts';
import type { MemberRow } from './member-repository.ts';

/** What lists show of a member. */
export type ListedMember = Pick<MemberRow, PlainColumn | 'leftAt' | 'updatedAt'> & StoredSensitive;

type PlainColumn =
  | 'id'
  | 'userId'
  | 'name'
  | 'alias'
  | 'position'
  | 'status'
  | 'presence'
  | 'leftRunId'
  | 'directLeaderUserIds'
  | 'avatarUrl'
  | 'thumbAvatarUrl'
  | 'gender'
  | 'role'
  | 'disabledBy';

export interface MemberPlace {
  memberId: number;
  /** WeCom id. */
  departmentId: number;
  name: string;
  /** WeCom ids from the root down to the department itself. */
  path: number[];
  sortOrder: number;
  isLeader: boolean;
  isMain: boolean;
}

export interface ListedMembers {
  /** In the order of the ids that were asked for. */
  members: (ListedMember & { attributeValues: AttributeValues })[];
  /** Main department first, then by WeCom id. */
  places: MemberPlace[];
  /** Of all departments on the way to those places, removed ones included, by WeCom id. */
  departmentNames: Map<number, string>;
}

/** As the statement gives them: JSON has no instants and no bytes. */
interface StoredMember extends Pick<MemberRow, PlainColumn> {
  leftAtMs: number | null;
  updatedAtMs: number;
  sensitive: { source: string; sealed: string; updatedAtMs: number }[];
  attributeValues: Prisma.JsonValue;
}

interface StoredPage {
  members: StoredMember[];
  places: (Omit<MemberPlace, 'path'> & { path: string })[];
  departmentNames: Record<string, string>;
}

/**
 * Members by local id with all that a list shows of them, by one statement and as one value: five statements cost
 * the server four times as much processor time, and a page waits behind each of them.
 */
export async function readListedMembers(
  prisma: PrismaClient,
  corpRowId: number,
  ids: readonly number[],
): Promise<ListedMembers> {
  const [stored] = await prisma.$queryRaw<StoredPage[]>`
    WITH listed AS (
      SELECT m.id, m.user_id AS "userId", m.name, m.alias, m.position, m.status, m.presence,
        ${msOf(Prisma.sql`m.left_at`)} AS "leftAtMs", m.left_run_id AS "leftRunId",
        m.direct_leader_user_ids AS "directLeaderUserIds", m.avatar_url AS "avatarUrl",
        m.thumb_avatar_url AS "thumbAvatarUrl", m.gender, m.role, m.disabled_by AS "disabledBy",
        ${msOf(Prisma.sql`m.updated_at`)} AS "updatedAtMs",
        (SELECT coalesce(json_agg(json_build_object(
            'source', s.source, 'sealed', encode(s.sealed, 'base64'), 'updatedAtMs', ${msOf(Prisma.sql`s.updated_at`)}
          )), '[]') FROM member_sensitive s WHERE s.member_id = m.id) AS sensitive,
        coalesce((SELECT a.values FROM member_attributes a WHERE a.member_id = m.id), '{}') AS "attributeValues"
      FROM member m WHERE m.id = ANY(${[...ids]}::int[])
    ), place AS MATERIALIZED (
      SELECT s.member_id AS "memberId", d.wecom_id AS "departmentId", d.name, s.sort_order AS "sortOrder",
        s.is_leader AS "isLeader", s.is_main AS "isMain", d.path
      FROM membership s JOIN department d ON d.id = s.department_id
      WHERE s.member_id = ANY(${[...ids]}::int[])
    )
    SELECT (SELECT coalesce(json_agg(listed), '[]') FROM listed) AS members,
      (SELECT coalesce(json_agg(place ORDER BY "isMain" DESC, "departmentId"), '[]') FROM place) AS places,
      (SELECT coalesce(json_object_agg(wecom_id, name), '{}') FROM department
        WHERE corp_row_id = ${corpRowId} AND wecom_id = ANY(ARRAY(
          SELECT DISTINCT unnest(string_to_array(trim(BOTH '/' FROM path), '/'))::bigint FROM place
        ))) AS "departmentNames"`;
  if (stored === undefined) throw new Error('A statement without FROM gave no row.');
  const byId = new Map(stored.members.map((member) => [member.id, member]));
  return {
    members: ids.flatMap((id) => byId.get(id) ?? []).map(readStoredMember),
    places: stored.places.map((place) => ({ ...place, path: parsePath(place.path) })),
    departmentNames: new Map(Object.entries(stored.departmentNames).map(([id, name]) => [Number(id), name])),
  };
}

/** Milliseconds since 1970: as a text an instant would stand in the zone of the session. */
const msOf = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`(extract(epoch FROM ${column}) * 1000)::bigint`;

const readStoredMember = ({ leftAtMs, updatedAtMs, sensitive, attributeValues, ...plain }: StoredMember) => ({
  ...plain,
  leftAt: leftAtMs === null ? null : new Date(leftAtMs),
  updatedAt: new Date(updatedAtMs),
  sensitive: sensitive.map(({ source, sealed, updatedAtMs }) => ({
    source,
    sealed: Buffer.from(sealed, 'base64'),
    updatedAt: new Date(updatedAtMs),
  })),
  attributeValues: parseAttributeValues(attributeValues),
});

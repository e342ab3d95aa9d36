import type { NoticeRecipient } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import { type CurrentCorp, findCurrentCorp } from '../directory/departments/current-corp.ts';
import { readMemberSummaries } from '../directory/members/read-member-summaries.ts';
import type { SearchDependencies } from '../directory/search/count-members.ts';
import { buildConditions, type MemberQuery } from '../directory/search/member-filter.ts';
import { searchMembers } from '../directory/search/search-members.ts';
import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { findNoticeSettings } from './notice-settings-repository.ts';

/** Members found by a text; more are found by more of it. */
const maxFound = 20;
/** As many as receivers of one channel, so that all admins are seen before anything is typed. */
const maxAdmins = 50;

interface RecipientDependencies extends SearchDependencies {
  secretBox: SecretBox;
}

/** The saved recipients of messages of the app, also those who are gone; then the admins and auditors. */
export async function listRecipients(dependencies: RecipientDependencies): Promise<NoticeRecipient[]> {
  const { prisma } = dependencies;
  const saved = (await findNoticeSettings(prisma))?.wecomUserIds ?? [];
  const corp = await findCurrentCorp(prisma);
  if (corp === undefined) return saved.map(presentUnknown);
  const named = await findByUserId(prisma, corp.id, saved);
  const admins = await listAdminIds(prisma, corp, queryFor(undefined));
  const known = await present(dependencies, corp, [...named.map(({ id }) => id), ...admins]);
  const byKey = new Map(known.map((recipient) => [toMemberKey(recipient.userId), recipient]));
  const savedKeys = new Set(saved.map(toMemberKey));
  return [
    ...saved.map((userId) => ({ ...(byKey.get(toMemberKey(userId)) ?? presentUnknown(userId)), userId })),
    ...known.filter(({ userId }) => !savedKeys.has(toMemberKey(userId))),
  ];
}

/** Present members whom a text finds, as the list of members does; admins and auditors among them first. */
export async function searchRecipients(
  dependencies: RecipientDependencies,
  q: string,
): Promise<NoticeRecipient[]> {
  const corp = await findCurrentCorp(dependencies.prisma);
  if (corp === undefined) return [];
  const query = queryFor(q);
  const [admins, { found }] = await Promise.all([
    listAdminIds(dependencies.prisma, corp, query),
    searchMembers(dependencies, corp, query, { limit: maxFound, after: undefined, order: undefined }),
  ]);
  return present(dependencies, corp, [...admins, ...found.slice(0, maxFound).map(({ id }) => id)]);
}

/** Which of these userids belong to members who left. */
export async function findLeavers(prisma: PrismaClient, userIds: readonly string[]): Promise<Set<string>> {
  const corp = await findCurrentCorp(prisma);
  const members = corp === undefined ? [] : await findByUserId(prisma, corp.id, userIds);
  const left = new Set(members.filter(({ presence }) => presence === 'left').map(({ userKey }) => userKey));
  return new Set(userIds.filter((userId) => left.has(toMemberKey(userId))));
}

const queryFor = (q: string | undefined): MemberQuery => ({
  department: undefined,
  recursive: false,
  q,
  status: undefined,
  presence: 'present',
  seesAttributes: false,
});

const findByUserId = (prisma: PrismaClient, corpRowId: number, userIds: readonly string[]) =>
  prisma.member.findMany({
    where: { corpRowId, userKey: { in: userIds.map(toMemberKey) } },
    select: { id: true, userKey: true, presence: true },
  });

async function listAdminIds(prisma: PrismaClient, corp: CurrentCorp, query: MemberQuery): Promise<number[]> {
  const conditions = [
    Prisma.sql`m.corp_row_id = ${corp.id} AND m.role IN ('admin', 'auditor') AND m.presence = 'present'`,
    ...buildConditions(corp.id, query),
  ];
  const rows = await prisma.$queryRaw<{ id: number }[]>`
    SELECT m.id FROM member m WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY m.role, m.sort_name, m.id LIMIT ${maxAdmins}`;
  return rows.map(({ id }) => id);
}

async function present(
  dependencies: RecipientDependencies,
  corp: CurrentCorp,
  ids: readonly number[],
): Promise<NoticeRecipient[]> {
  const members = await readMemberSummaries(dependencies, corp.id, [...new Set(ids)]);
  return members.map(({ wecomUserId, name, avatarUrl, presence, role }) => ({
    userId: wecomUserId,
    name,
    avatarUrl,
    presence,
    role,
  }));
}

const presentUnknown = (userId: string): NoticeRecipient => ({
  userId,
  name: null,
  avatarUrl: null,
  presence: null,
  role: null,
});

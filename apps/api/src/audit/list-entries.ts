import type { AuditEntry, endpoints, QueryOf } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import type {
  AuditLink,
  AuditEntry as AuditRow,
  Prisma,
  PrismaClient,
} from '../platform/database/generated/client.ts';

export type AuditFilter = Omit<QueryOf<typeof endpoints.listAuditEntries>, 'limit' | 'cursor'>;

/** Actions whose target is the userid of a member. */
const isAboutMember = (action: string): boolean => action.startsWith('member.');

/** Members of one name whose entries are looked for. */
const maxNamesakes = 50;

/** One row more than `limit` after a position, newest first. */
export async function listEntries(
  prisma: PrismaClient,
  filter: AuditFilter,
  { after, take }: { after: readonly [string, string] | undefined; take: number },
): Promise<AuditRow[]> {
  const isAfter = after ? { OR: [{ at: { lt: after[0] } }, { at: after[0], id: { lt: after[1] } }] } : {};
  return prisma.auditEntry.findMany({
    where: { AND: [...(await listConditions(prisma, filter)), isAfter] },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take,
  });
}

/** How many entries a filter has; counted no further than `max`. */
export const countEntries = async (
  prisma: PrismaClient,
  filter: AuditFilter,
  max?: number,
): Promise<number> =>
  prisma.auditEntry.count({
    where: { AND: await listConditions(prisma, filter) },
    ...(max !== undefined && { take: max }),
  });

async function listConditions(
  prisma: PrismaClient,
  { actor, action, target, result, since, until }: AuditFilter,
): Promise<Prisma.AuditEntryWhereInput[]> {
  return [
    actor === undefined ? {} : { actor },
    action === undefined ? {} : { action: action.endsWith('.') ? { startsWith: action } : action },
    target === undefined ? {} : { target: { in: await resolveTarget(prisma, target) } },
    result === undefined ? {} : { result },
    { at: { ...(since && { gte: since }), ...(until && { lt: until }) } },
  ];
}

/** What entries may call it: as it was given, and the userids of members of this name or userid. */
async function resolveTarget(prisma: PrismaClient, target: string): Promise<string[]> {
  const members = await prisma.member.findMany({
    where: { OR: [{ userKey: toMemberKey(target) }, { name: target }] },
    select: { userId: true },
    take: maxNamesakes,
  });
  return [...new Set([target, ...members.map(({ userId }) => userId)])];
}

/** Names of the members that the entries are about, by userid. */
export async function readTargetNames(
  prisma: PrismaClient,
  rows: readonly AuditRow[],
): Promise<ReadonlyMap<string, string>> {
  const keys = rows.flatMap(({ action, target }) =>
    target !== null && isAboutMember(action) ? [toMemberKey(target)] : [],
  );
  if (keys.length === 0) return new Map();
  const members = await prisma.member.findMany({
    where: { userKey: { in: [...new Set(keys)] } },
    orderBy: { id: 'asc' }, // of another corp's member with the same userid, the newer stands
    select: { userKey: true, name: true },
  });
  return new Map(members.map(({ userKey, name }) => [userKey, name]));
}

/** Where the entries stand in the chain, by id. */
export async function readLinks(
  prisma: PrismaClient,
  rows: readonly AuditRow[],
): Promise<ReadonlyMap<string, AuditLink>> {
  const links = await prisma.auditLink.findMany({ where: { entryId: { in: rows.map(({ id }) => id) } } });
  return new Map(links.map((link) => [link.entryId, link]));
}

/** An entry as the API shows it. */
export function presentAuditEntry(
  row: AuditRow,
  names: ReadonlyMap<string, string>,
  links: ReadonlyMap<string, AuditLink>,
): AuditEntry {
  const link = links.get(row.id);
  const { id, at, actor, action, target, result, before, after, ip, requestId } = row;
  const isMember = target !== null && isAboutMember(action);
  return {
    id,
    at: at.toISOString(),
    actor,
    action,
    target,
    targetName: isMember ? (names.get(toMemberKey(target)) ?? null) : null,
    result: result === 'failed' ? 'failed' : 'succeeded',
    before: before as AuditEntry['before'], // written by record-audit.ts as objects only
    after: after as AuditEntry['after'],
    ip,
    requestId,
    seq: link ? Number(link.seq) : null,
    hash: link ? Buffer.from(link.hash).toString('hex') : null,
  };
}

import type { MemberTotals } from '@orgmirror/contracts';
import { presentStatus } from '../directory/members/member-status.ts';
import type { Department, PrismaClient } from '../platform/database/generated/client.ts';

const maxLargest = 10;

export const nobody: MemberTotals = {
  present: 0,
  activated: 0,
  notActivated: 0,
  disabled: 0,
  unknown: 0,
  left: 0,
  departments: 0,
  largest: [],
};

/** Members by status and by department. */
export async function countMembers(prisma: PrismaClient, corpRowId: number): Promise<MemberTotals> {
  const [groups, departments, largest] = await Promise.all([
    prisma.member.groupBy({ by: ['presence', 'status'], where: { corpRowId }, _count: true }),
    prisma.department.count({ where: { corpRowId, presence: 'present' } }),
    listLargest(prisma, corpRowId),
  ]);
  const totals = { ...nobody, departments, largest };
  for (const { presence, status, _count } of groups) {
    const name = presentStatus(status);
    if (presence === 'left') totals.left += _count;
    else {
      totals.present += _count;
      totals[name === 'left' ? 'unknown' : name] += _count; // WeCom's 5 of somebody who is still listed
    }
  }
  return totals;
}

async function listLargest(prisma: PrismaClient, corpRowId: number): Promise<MemberTotals['largest']> {
  const listBelow = (parentId: number | null): Promise<Department[]> =>
    prisma.department.findMany({
      where: { corpRowId, presence: 'present', parentId },
      orderBy: [{ totalMemberCount: 'desc' }, { wecomId: 'asc' }],
      take: maxLargest,
    });
  const roots = await listBelow(null);
  const [only, ...others] = roots;
  const below = only !== undefined && others.length === 0 ? await listBelow(only.id) : [];
  return (below.length > 0 ? below : roots).map(({ wecomId, name, totalMemberCount }) => ({
    departmentId: Number(wecomId),
    name,
    totalMemberCount,
  }));
}

import type { People } from '@orgmirror/contracts';
import { presentStatus } from '../directory/members/member-status.ts';
import type { Department, PrismaClient } from '../platform/database/generated/client.ts';

const maxLargest = 10;

export const nobody: People = {
  present: 0,
  activated: 0,
  notActivated: 0,
  disabled: 0,
  unknown: 0,
  left: 0,
  departments: 0,
  largest: [],
};

/** Members by status and by department; half a million are counted by an index alone. */
export async function countPeople(prisma: PrismaClient, corpRowId: number): Promise<People> {
  const [groups, departments, largest] = await Promise.all([
    prisma.member.groupBy({ by: ['presence', 'status'], where: { corpRowId }, _count: true }),
    prisma.department.count({ where: { corpRowId, presence: 'present' } }),
    listLargest(prisma, corpRowId),
  ]);
  const people = { ...nobody, departments, largest };
  for (const { presence, status, _count } of groups) {
    const name = presentStatus(status);
    if (presence === 'left') people.left += _count;
    else {
      people.present += _count;
      people[name === 'left' ? 'unknown' : name] += _count; // WeCom's 5 of somebody who is still listed
    }
  }
  return people;
}

async function listLargest(prisma: PrismaClient, corpRowId: number): Promise<People['largest']> {
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

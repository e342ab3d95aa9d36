import { type SubjectSection, subjectSections } from '@orgmirror/contracts';
import * as z from 'zod';
import { Prisma, type PrismaClient, type SyncChange } from '../platform/database/generated/client.ts';
import { escapeLike, type SyncRun } from './sync-run-repository.ts';

export interface SubjectQuery {
  section?: SubjectSection | undefined;
  departmentId?: number | undefined;
  q?: string | undefined;
  /** Sequence of the last subject of the page before. */
  after: number;
  limit: number;
}

/** A row of a run's members and departments, with what its changes do not say. */
export interface SubjectRow {
  seq: number;
  section: Exclude<SubjectSection, 'held'>;
  held: boolean;
  /** Lower-case userid; null for a department. */
  userKey: string | null;
  changes: SyncChange[];
}

const countedSections = z.partialRecord(
  z.enum(subjectSections).exclude(['held']),
  z.object({ free: z.int(), held: z.int() }),
);

type StoredSection = SubjectRow['section'];

/** Subjects of one section that were all held, or all not. */
interface SubjectGroup {
  section: StoredSection;
  held: boolean;
  count: number;
}

/** The groups that a run has. */
function listGroups({ subjects }: SyncRun): SubjectGroup[] {
  const counted = countedSections.parse(subjects ?? {});
  return subjectSections.flatMap((section) => {
    if (section === 'held') return [];
    const { free = 0, held = 0 } = counted[section] ?? {};
    return [
      { section, held: false, count: free },
      { section, held: true, count: held },
    ].filter(({ count }) => count > 0);
  });
}

/** The section that a group is shown in: what was held belongs to its own once it was approved. */
const findSection = ({ status }: SyncRun, { section, held }: Omit<SubjectGroup, 'count'>): SubjectSection =>
  held && status !== 'succeeded' ? 'held' : section;

/** How many members and departments each section has. */
export function countSections(run: SyncRun): Record<SubjectSection, number> | null {
  if (run.subjects === null) return null;
  const counts = { held: 0, leave: 0, join: 0, move: 0, update: 0, department: 0 };
  for (const group of listGroups(run)) counts[findSection(run, group)] += group.count;
  return counts;
}

/**
 * The members and departments of a run in plan order, one more than `limit` if there are, each with all its
 * changes.
 */
export async function listSubjects(
  prisma: PrismaClient,
  run: SyncRun,
  query: SubjectQuery,
): Promise<SubjectRow[]> {
  const groups = listGroupsIn(run, query.section);
  const pages = await Promise.all(groups.map((group) => listGroup(prisma, run.id, group, query)));
  const rows = pages
    .flat()
    .sort((a, b) => a.seq - b.seq)
    .slice(0, query.limit + 1);
  const changes = await readChanges(prisma, run.id, rows);
  return rows.map((row) => ({
    ...row,
    changes: changes.filter((change) =>
      row.userKey === null ? change.seq === row.seq : change.userKey === row.userKey,
    ),
  }));
}

const listGroupsIn = (run: SyncRun, section: SubjectSection | undefined): SubjectGroup[] =>
  listGroups(run).filter((group) => section === undefined || findSection(run, group) === section);

function listGroup(
  prisma: PrismaClient,
  runId: string,
  { section, held }: SubjectGroup,
  { departmentId: wantedId, q, after, limit }: SubjectQuery,
): Promise<Omit<SubjectRow, 'changes'>[]> {
  const departmentId = wantedId ?? null;
  const matches = q ? Prisma.sql`AND ${matchesText(`%${escapeLike(q)}%`)}` : Prisma.empty;
  // Limited before the join: else Postgres may walk the changes in step with the subjects, from the first on.
  return prisma.$queryRaw`
    SELECT page.seq, page.section, page.held, c.user_key AS "userKey"
    FROM (
      SELECT s.run_id, s.seq, s.section, s.held FROM sync_subject s
      WHERE s.run_id = ${runId}::uuid AND s.section = ${section} AND s.held = ${held} AND s.seq > ${after}
        AND (${departmentId}::bigint IS NULL OR s.department_id = ${departmentId}::bigint) ${matches}
      ORDER BY s.seq LIMIT ${limit + 1}
    ) AS page
    JOIN sync_change c ON c.run_id = page.run_id AND c.seq = page.seq
    ORDER BY page.seq`;
}

const matchesText = (pattern: string): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM sync_change c
  WHERE c.run_id = s.run_id AND c.seq = s.seq AND (c.name ILIKE ${pattern} OR c.key ILIKE ${pattern})
)`;

function readChanges(
  prisma: PrismaClient,
  runId: string,
  rows: readonly Pick<SubjectRow, 'seq' | 'userKey'>[],
): Promise<SyncChange[]> {
  const userKeys = rows.flatMap(({ userKey }) => userKey ?? []);
  const departments = rows.filter(({ userKey }) => userKey === null).map(({ seq }) => seq);
  return prisma.syncChange.findMany({
    where: { runId, OR: [{ userKey: { in: userKeys } }, { seq: { in: departments } }] },
    orderBy: { seq: 'asc' },
  });
}

const maxDepartments = 100;

/** How many members of a section leave, join or move to each department, the largest number first. */
export async function countByDepartment(
  prisma: PrismaClient,
  run: SyncRun,
  section: SubjectSection,
): Promise<{ departmentId: number; count: number }[]> {
  const groups = listGroupsIn(run, section).map(
    (group) => Prisma.sql`(s.section = ${group.section} AND s.held = ${group.held})`,
  );
  if (groups.length === 0) return [];
  return prisma.$queryRaw`
    SELECT s.department_id::float8 AS "departmentId", count(*)::int AS count FROM sync_subject s
    WHERE s.run_id = ${run.id}::uuid AND (${Prisma.join(groups, ' OR ')}) AND s.department_id IS NOT NULL
    GROUP BY s.department_id ORDER BY count DESC, s.department_id LIMIT ${maxDepartments}`;
}

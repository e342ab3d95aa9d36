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

/** How many members and departments each section has; what was held belongs to its section once approved. */
export function countSections(run: SyncRun): Record<SubjectSection, number> | null {
  if (run.subjects === null) return null;
  const counted = countedSections.parse(run.subjects);
  const isApproved = run.status === 'succeeded';
  const sum = { held: 0, leave: 0, join: 0, move: 0, update: 0, department: 0 };
  for (const section of subjectSections) {
    if (section === 'held') continue;
    const { free = 0, held = 0 } = counted[section] ?? {};
    sum[section] = isApproved ? free + held : free;
    if (!isApproved) sum.held += held;
  }
  return sum;
}

/**
 * The members and departments of a run in plan order, one more than `limit` if there are, each with all its
 * changes.
 */
export async function listSubjects(
  prisma: PrismaClient,
  run: SyncRun,
  { section, departmentId, q, after, limit }: SubjectQuery,
): Promise<SubjectRow[]> {
  if (section !== undefined && countSections(run)?.[section] === 0) return [];
  const pattern = q ? `%${escapeLike(q)}%` : null;
  const rows = await prisma.$queryRaw<Omit<SubjectRow, 'changes'>[]>`
    SELECT s.seq, s.section, s.held, c.user_key AS "userKey"
    FROM sync_subject s JOIN sync_change c ON c.run_id = s.run_id AND c.seq = s.seq
    WHERE s.run_id = ${run.id}::uuid AND s.seq > ${after} AND ${isInSection(run, section)}
      AND (${departmentId ?? null}::bigint IS NULL OR s.department_id = ${departmentId ?? null}::bigint)
      AND (${pattern}::text IS NULL OR c.name ILIKE ${pattern} OR c.key ILIKE ${pattern})
    ORDER BY s.seq LIMIT ${limit + 1}`;
  const changes = await readChanges(prisma, run.id, rows);
  return rows.map((row) => ({
    ...row,
    changes: changes.filter((change) =>
      row.userKey === null ? change.seq === row.seq : change.userKey === row.userKey,
    ),
  }));
}

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

const isInSection = ({ status }: SyncRun, section: SubjectSection | undefined): Prisma.Sql => {
  if (section === undefined) return Prisma.sql`true`;
  if (section === 'held') return status === 'succeeded' ? Prisma.sql`false` : Prisma.sql`s.held`;
  const isFree = status === 'succeeded' ? Prisma.sql`true` : Prisma.sql`NOT s.held`;
  return Prisma.sql`s.section = ${section} AND ${isFree}`;
};

const maxDepartments = 100;

/** How many members of a section leave, join or move to each department, the largest number first. */
export const countByDepartment = (
  prisma: PrismaClient,
  run: SyncRun,
  section: SubjectSection,
): Promise<{ departmentId: number; count: number }[]> => prisma.$queryRaw`
  SELECT s.department_id::float8 AS "departmentId", count(*)::int AS count FROM sync_subject s
  WHERE s.run_id = ${run.id}::uuid AND ${isInSection(run, section)} AND s.department_id IS NOT NULL
  GROUP BY s.department_id ORDER BY count DESC, s.department_id LIMIT ${maxDepartments}`;

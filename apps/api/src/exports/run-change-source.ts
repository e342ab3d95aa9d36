import { changeColumnTexts, type RunChangesExportRequest } from '@orgmirror/contracts';
import { readDepartmentNames } from '../directory/departments/department-repository.ts';
import type { Database } from '../platform/database/database.ts';
import { Prisma } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import type { ExportSource, SourceDependencies } from './export-source.ts';
import { listDepartmentIds, presentChangeRows, type StoredChange } from './present-change-rows.ts';

type StoredRow = StoredChange & { seq: number };
type QueryLarge = Database['queryLarge'];

const pageSize = 500;

/**
 * A run's changes in the order of the plan, a row for each field that changed.
 * @throws AppError `resource.not_found` when the run is gone
 */
export async function openRunChanges(
  { database: { queryLarge }, prisma }: SourceDependencies,
  { runId, filter = {} }: RunChangesExportRequest,
  language: Locale,
): Promise<ExportSource> {
  const run = await prisma.syncRun.findUnique({ where: { id: runId } });
  if (run === null) throw new AppError('resource.not_found');
  const conditions = describeFilter(runId, filter);
  return {
    heads: Object.values(changeColumnTexts).map((texts) => texts[language]),
    async *readPages(onTotal) {
      onTotal(await countChanges(queryLarge, conditions));
      for await (const changes of readChanges(queryLarge, conditions)) {
        const names = await readDepartmentNames(prisma, run.corpRowId, listDepartmentIds(changes));
        const form = { language, departmentNames: names, isWaiting: run.status === 'awaitingApproval' };
        yield { rows: changes.flatMap((change) => presentChangeRows(change, form)), entries: changes.length };
      }
    },
  };
}

function describeFilter(
  runId: string,
  { entity, kind, held, q }: NonNullable<RunChangesExportRequest['filter']>,
): Prisma.Sql {
  const conditions = [
    Prisma.sql`run_id = ${runId}::uuid`,
    ...(entity === undefined ? [] : [Prisma.sql`entity = ${entity}`]),
    ...(kind === undefined ? [] : [Prisma.sql`kind = ${kind}`]),
    ...(held === undefined ? [] : [Prisma.sql`held = ${held}`]),
    ...(q ? [Prisma.sql`(strpos(lower(name), lower(${q})) > 0 OR strpos(lower(key), lower(${q})) > 0)`] : []),
  ];
  return Prisma.join(conditions, ' AND ');
}

async function countChanges(queryLarge: QueryLarge, conditions: Prisma.Sql): Promise<number> {
  const [row] = await queryLarge<{ count: number }>(
    Prisma.sql`SELECT count(*)::int AS count FROM sync_change WHERE ${conditions}`,
  );
  return row?.count ?? 0;
}

async function* readChanges(queryLarge: QueryLarge, conditions: Prisma.Sql): AsyncGenerator<StoredRow[]> {
  let changes: StoredRow[];
  let after = -1;
  do {
    changes = await queryLarge<StoredRow>(Prisma.sql`
      SELECT seq, entity, kind, key, name, before, after, held FROM sync_change
      WHERE ${conditions} AND seq > ${after} ORDER BY seq LIMIT ${pageSize}`);
    after = changes.at(-1)?.seq ?? after;
    yield changes;
  } while (changes.length === pageSize);
}

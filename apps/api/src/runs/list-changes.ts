import { type SyncChange as SyncChangeAnswer, syncRunCounts } from '@orgmirror/contracts';
import type { Prisma, PrismaClient, SyncChange, SyncRun } from '../platform/database/generated/client.ts';
import { escapeLike } from './sync-run-repository.ts';

export interface ChangeQuery {
  entity?: string | undefined;
  kind?: string | undefined;
  held?: boolean | undefined;
  q?: string | undefined;
  /** Sequence of the last change of the page before. */
  after: number;
  limit: number;
}

/**
 * A run's changes in plan order, one more than `limit` if there are. Filtered ones are looked up kind by
 * kind, and only the kinds that the run counted: the one update among a million creations is found without
 * going through them.
 */
export async function listChanges(
  prisma: PrismaClient,
  run: Pick<SyncRun, 'id' | 'counts' | 'planFingerprint'>,
  query: ChangeQuery,
): Promise<SyncChange[]> {
  const isFiltered = query.entity !== undefined || query.kind !== undefined || query.held === true;
  const groups = isFiltered ? listGroups(run, query) : [{}];
  const pages = await Promise.all(groups.map((group) => listGroup(prisma, run.id, group, query)));
  return pages
    .flat()
    .sort((a, b) => a.seq - b.seq)
    .slice(0, query.limit + 1);
}

interface ChangeGroup {
  entity?: string;
  kind?: string;
}

const countedAs = { departments: 'department', members: 'member', memberships: 'membership' } as const;

/**
 * The kinds of changes that a query asks for and the run has. While it is still planned, nothing is counted
 * yet.
 */
function listGroups(
  { counts, planFingerprint }: Pick<SyncRun, 'counts' | 'planFingerprint'>,
  query: ChangeQuery,
) {
  return Object.entries(syncRunCounts.parse(counts)).flatMap(([name, kinds]) => {
    const entity = countedAs[name as keyof typeof countedAs]; // the names of the schema that has just been checked
    return Object.entries(kinds)
      .filter(([, count]) => count > 0 || planFingerprint === null)
      .filter(([kind]) => query.held !== true || kind === 'remove') // only removals are ever held
      .filter(([kind]) => (query.entity ?? entity) === entity && (query.kind ?? kind) === kind)
      .map(([kind]): ChangeGroup => ({ entity, kind }));
  });
}

function listGroup(
  prisma: PrismaClient,
  runId: string,
  group: ChangeGroup,
  { q, held, after, limit }: ChangeQuery,
): Promise<SyncChange[]> {
  const contains = (text: string): Prisma.StringFilter => ({
    contains: escapeLike(text),
    mode: 'insensitive',
  });
  return prisma.syncChange.findMany({
    where: {
      runId,
      ...group,
      seq: { gt: after },
      ...(held !== undefined && { held }),
      ...(q && { OR: [{ name: contains(q) }, { key: contains(q) }] }),
    },
    orderBy: { seq: 'asc' },
    take: limit + 1,
  });
}

export function presentSyncChange(change: SyncChange, run: SyncRun): SyncChangeAnswer {
  return {
    entity: change.entity as SyncChangeAnswer['entity'], // written by plan-writer.ts from the same unions
    key: change.key,
    name: change.name,
    kind: change.kind as SyncChangeAnswer['kind'],
    before: change.before as SyncChangeAnswer['before'],
    after: change.after as SyncChangeAnswer['after'],
    held: change.held && run.status === 'awaitingApproval',
  };
}

import type { SyncChange as SyncChangeAnswer } from '@orgmirror/contracts';
import type { Prisma, PrismaClient, SyncChange, SyncRun } from '../database/generated/client.ts';

export interface ChangeQuery {
  entity?: string | undefined;
  kind?: string | undefined;
  held?: boolean | undefined;
  q?: string | undefined;
  /** Sequence of the last change of the page before. */
  after: number;
  limit: number;
}

/** A run's changes in plan order, one more than `limit` if there are. */
export function listChanges(prisma: PrismaClient, runId: string, query: ChangeQuery): Promise<SyncChange[]> {
  const { q } = query;
  const contains = (text: string): Prisma.StringFilter => ({
    contains: escapeLike(text),
    mode: 'insensitive',
  });
  return prisma.syncChange.findMany({
    where: {
      runId,
      seq: { gt: query.after },
      ...(query.entity !== undefined && { entity: query.entity }),
      ...(query.kind !== undefined && { kind: query.kind }),
      ...(query.held !== undefined && { held: query.held }),
      ...(q && { OR: [{ name: contains(q) }, { key: contains(q) }] }),
    },
    orderBy: { seq: 'asc' },
    take: query.limit + 1,
  });
}

/** Prisma's `contains` is LIKE, and leaves its wildcards in the text to us. */
const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

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

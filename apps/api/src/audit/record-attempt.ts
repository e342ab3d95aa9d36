import type { PrismaClient } from '../platform/database/generated/client.ts';
import { createWindowCounter } from '../platform/database/window-counter.ts';
import { type AuditActor, type AuditFacts, recordWithoutChange } from './record-audit.ts';

const windowSeconds = 15 * 60;
/** Refusals of one kind that have an entry each; of more only how many there were is told. */
const maxEntries = 20;

/**
 * Writes an entry for something that was refused. `subject` is whom it is about: of it only the first ones in
 * a quarter of an hour are written one by one, then one entry at every doubling says how many there were.
 * A client that sends many does not fill the table.
 */
export type RecordAttempt = (subject: string, actor: AuditActor, facts: AuditFacts) => Promise<void>;

export function createRecordAttempt(prisma: PrismaClient): RecordAttempt {
  const counter = createWindowCounter(prisma, { keyPrefix: 'audit-attempt', windowSeconds });
  return async (subject, actor, facts) => {
    const { count: attempts } = await counter.add(`${facts.action} ${subject}`);
    if (attempts > maxEntries && !isDoubling(attempts / maxEntries)) return;
    const after = attempts > maxEntries ? { ...facts.after, attempts } : facts.after;
    await recordWithoutChange(prisma, actor, { ...facts, result: 'failed', ...(after && { after }) });
  };
}

const isDoubling = (times: number): boolean => Number.isInteger(Math.log2(times));

import { createHash } from 'node:crypto';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { isPastRetention } from './purge-entries.ts';

/** Where the chain stands after an entry: kept elsewhere, it tells whether its end was cut off since. */
export interface ChainPosition {
  seq: bigint;
  /** In hex. */
  hash: string;
}

/** What is wrong with an entry. */
export type ChainFault =
  | 'link_missing'
  | 'link_changed'
  | 'entry_changed'
  | 'entry_missing'
  | 'entry_unlinked';

export type ChainFinding =
  | { kind: 'whole'; head: ChainPosition; links: number; deleted: number }
  | { kind: 'broken'; fault: ChainFault; seq: bigint | null; id: string; at: Date; action: string | null }
  /** The position that was given is not, or no longer, in the chain. */
  | { kind: 'unknown_position' };

interface LinkRow {
  seq: bigint;
  id: string;
  at: Date;
  atMs: bigint;
  result: string;
  entryHash: Uint8Array;
  hash: Uint8Array;
  /** Null: the entry is gone. */
  action: string | null;
  /** What `entryHash` is the hash of, made anew from the entry. */
  content: string | null;
}

const linksPerPage = 1_000;
const hashOf = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * Walks the whole chain and computes every hash anew, without the database's own functions.
 * @param known a position of earlier that must still be in it
 * @returns the first thing that is wrong, in the order of the chain; entries outside of it come last
 */
export async function verifyChain(
  prisma: PrismaClient,
  at: Date,
  known?: ChainPosition,
): Promise<ChainFinding> {
  let last = { seq: 0n, hash: Buffer.alloc(0) };
  let deleted = 0;
  let isKnownFound = known === undefined;
  for (;;) {
    const rows = await readLinks(prisma, last.seq);
    for (const row of rows) {
      const fault = findFault(row, last, at);
      if (fault !== undefined) return { kind: 'broken', fault, ...row };
      if (row.content === null) deleted++;
      last = { seq: row.seq, hash: Buffer.from(row.hash) };
      if (row.seq === known?.seq) isKnownFound = last.hash.toString('hex') === known.hash;
    }
    if (rows.length < linksPerPage) break;
  }
  const [unlinked] = await prisma.$queryRaw<{ id: string; at: Date; action: string }[]>`
    SELECT id, at, action FROM audit_entry e
    WHERE NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.entry_id = e.id) ORDER BY at, id LIMIT 1`;
  if (unlinked !== undefined) return { kind: 'broken', fault: 'entry_unlinked', seq: null, ...unlinked };
  if (!isKnownFound) return { kind: 'unknown_position' };
  const head = { seq: last.seq, hash: last.hash.toString('hex') };
  return { kind: 'whole', head, links: Number(last.seq), deleted };
}

const readLinks = (prisma: PrismaClient, after: bigint): Promise<LinkRow[]> => prisma.$queryRaw<LinkRow[]>`
  SELECT l.seq, l.entry_id AS id, l.at, (extract(epoch FROM l.at) * 1000)::bigint AS "atMs", l.result,
    l.entry_hash AS "entryHash", l.hash, e.action,
    CASE WHEN e.id IS NOT NULL THEN
      jsonb_build_array(e.id, (extract(epoch FROM e.at) * 1000)::bigint, e.actor, e.action, e.target, e.result,
        e.before, e.after, e.ip, e.request_id)::text END AS content
  FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
  WHERE l.seq > ${after} ORDER BY l.seq LIMIT ${linksPerPage}`;

function findFault(
  row: LinkRow,
  last: { seq: bigint; hash: Buffer },
  at: Date,
): Exclude<ChainFault, 'entry_unlinked'> | undefined {
  if (row.seq !== last.seq + 1n) return 'link_missing';
  const place = [row.seq, row.id, row.atMs, row.result].join(' ');
  if (!hashOf(last.hash, row.entryHash, place).equals(row.hash)) return 'link_changed';
  if (row.content !== null) return hashOf(row.content).equals(row.entryHash) ? undefined : 'entry_changed';
  return isPastRetention(row, at) ? undefined : 'entry_missing';
}

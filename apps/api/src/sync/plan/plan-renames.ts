import type { Candidates, CurrentMember, Rename, Snapshot } from '@orgmirror/planner';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { readCurrentMembers } from './current-directory-repository.ts';

/** A member whose row gets another userid. */
export interface RenamedMember extends Rename {
  /** As they are here, under the new key. */
  current: CurrentMember;
}

/**
 * Finds the renames to make: the new userid is in the snapshot and was never here, the old one is here and no
 * longer there. Where both have a row, they stay two members: WeCom gave the new userid to somebody who was
 * here before. The candidates returned are those that are not renamed.
 */
export async function findRenamed(
  { prisma, secretBox }: { prisma: PrismaClient; secretBox: SecretBox },
  corpRowId: number,
  snapshot: Snapshot,
  { renames, candidates }: { renames: readonly Rename[]; candidates: Candidates },
): Promise<{ renamed: RenamedMember[]; candidates: Candidates }> {
  const sound = renames.filter(({ from, to }) => snapshot.hasMember(to) && !snapshot.hasMember(from));
  if (sound.length === 0) return { renamed: [], candidates };
  const keys = sound.flatMap(({ from, to }) => [from, to]);
  const members = new Map(
    (await readCurrentMembers(prisma, secretBox, corpRowId, keys)).map((member) => [member.key, member]),
  );
  const renamed = sound.flatMap(({ from, to }) => {
    const current = members.get(from);
    return current && !members.has(to) ? [{ from, to, current: { ...current, key: to } }] : [];
  });
  const taken = new Set(renamed.flatMap(({ from, to }) => [from, to]));
  const isFree = (key: string) => !taken.has(key);
  const others = {
    newKeys: filter(candidates.newKeys, isFree),
    changedKeys: candidates.changedKeys.filter(isFree),
    leavingKeys: candidates.leavingKeys.filter(isFree),
    presentCount: candidates.presentCount,
  };
  return { renamed, candidates: others };
}

function* filter<T>(items: Iterable<T>, isWanted: (item: T) => boolean): Generator<T> {
  for (const item of items) if (isWanted(item)) yield item;
}

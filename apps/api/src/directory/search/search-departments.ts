import { setImmediate } from 'node:timers/promises';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { CurrentCorp } from '../departments/current-corp.ts';
import { listAllDepartments } from '../departments/department-repository.ts';
import { listPinyinTokens } from './search-text.ts';

interface Entry {
  id: number;
  tokens: readonly string[];
}

/** Names that are read in one go, between which other requests get their turn. */
const namesAtOnce = 200;

/**
 * Finds departments by the pinyin of their names. Read once per directory revision, and a name only once:
 * most of a tree stays as it is.
 */
export function createDepartmentSearch(
  prisma: PrismaClient,
): (corp: CurrentCorp, text: string) => Promise<number[]> {
  let cached: { key: string; entries: Promise<Entry[]> } | undefined;
  let known = new Map<string, readonly string[]>();

  const readEntries = async (corpRowId: number): Promise<Entry[]> => {
    const tokensOf = new Map<string, readonly string[]>();
    const entries: Entry[] = [];
    for (const { id, name } of await listAllDepartments(prisma, corpRowId)) {
      if (entries.length % namesAtOnce === 0) await setImmediate();
      const tokens = tokensOf.get(name) ?? known.get(name) ?? listPinyinTokens(name);
      tokensOf.set(name, tokens);
      entries.push({ id, tokens });
    }
    known = tokensOf;
    return entries;
  };

  return async ({ id, revision }, text) => {
    const key = `${id}:${revision}`;
    if (cached?.key !== key) cached = { key, entries: readEntries(id) };
    const current = cached;
    const wanted = text.toLowerCase().replaceAll(/\s/g, '');
    try {
      const entries = await current.entries;
      return entries
        .filter(({ tokens }) => tokens.some((token) => token.startsWith(wanted)))
        .map((entry) => entry.id);
    } catch (error) {
      if (cached === current) cached = undefined; // a failure is not kept
      throw error;
    }
  };
}

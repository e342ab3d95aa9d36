import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { createTimeSlices } from '../../platform/event-loop.ts';
import { cachePerRevision } from '../departments/cache-per-revision.ts';
import type { CurrentCorp } from '../departments/current-corp.ts';
import { listAllDepartments } from '../departments/department-repository.ts';
import { listPinyinTokens } from './search-text.ts';

interface Entry {
  id: number;
  tokens: readonly string[];
}

/**
 * Finds departments by the pinyin of their names. Read once per directory revision, and a name only once:
 * most of a tree stays as it is.
 */
export function createDepartmentSearch(
  prisma: PrismaClient,
): (corp: CurrentCorp, text: string) => Promise<number[]> {
  let known = new Map<string, readonly string[]>();

  const readEntries = cachePerRevision(async ({ id: corpRowId }): Promise<Entry[]> => {
    const tokensOf = new Map<string, readonly string[]>();
    const entries: Entry[] = [];
    const endSlice = createTimeSlices();
    for (const { id, name } of await listAllDepartments(prisma, corpRowId)) {
      await endSlice();
      const tokens = tokensOf.get(name) ?? known.get(name) ?? listPinyinTokens(name);
      tokensOf.set(name, tokens);
      entries.push({ id, tokens });
    }
    known = tokensOf;
    return entries;
  });

  return async (corp, text) => {
    const wanted = text.toLowerCase().replaceAll(/\s/g, '');
    const entries = await readEntries(corp);
    return entries
      .filter(({ tokens }) => tokens.some((token) => token.startsWith(wanted)))
      .map(({ id }) => id);
  };
}

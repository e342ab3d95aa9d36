import { queryOptions } from '@tanstack/react-query';
import { searchDepartments } from '../../lib/api/directory.ts';

/** Departments whose names match in pinyin; only Latin letters can. */
export const pinyinQuery = (text: string) =>
  queryOptions({
    queryKey: ['departments', 'pinyin', text],
    queryFn: async ({ signal }): Promise<ReadonlySet<number>> =>
      new Set((await searchDepartments({ query: { q: text } }, signal)).ids),
    enabled: /^[a-z][a-z ]*$/i.test(text),
    staleTime: 60_000,
  });

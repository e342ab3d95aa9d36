import { queryOptions } from '@tanstack/react-query';
import { listAttributes } from '../../lib/api/attributes.ts';

export const attributesKey = ['attributes'] as const;

/** The enterprise's own attributes, for admins and auditors. */
export const attributesQuery = queryOptions({
  queryKey: attributesKey,
  queryFn: async ({ signal }) => (await listAttributes({}, signal)).items,
  staleTime: 60_000,
});

/** The same with how many members have a value. */
export const countedAttributesQuery = queryOptions({
  queryKey: [...attributesKey, 'counted'],
  queryFn: async ({ signal }) => (await listAttributes({ query: { counts: 'true' } }, signal)).items,
});

import { queryOptions } from '@tanstack/react-query';
import { getAttributeImport } from '../../lib/api/attributes.ts';

/** A file that the user sent, as it was judged. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['attribute-import', id],
    queryFn: ({ signal }) => getAttributeImport({ params: { id } }, signal),
    retry: false,
  });

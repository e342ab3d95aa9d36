import type { AttributeValues } from '../attributes/attribute-repository.ts';
import { joinForSearch } from './search-alphabet.ts';

/** What a member is found by beside their names: the words of all values. */
export const buildAttributeSearchText = (values: AttributeValues): string =>
  joinForSearch(
    Object.values(values).flatMap((value) => value.toLowerCase().split(/\s+/).filter(Boolean)),
    { names: [], readings: [] },
  );

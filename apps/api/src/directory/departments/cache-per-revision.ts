import type { CurrentCorp } from './current-corp.ts';

/**
 * What is made of all departments, made once per directory revision. Every process has its own; the revision in
 * the database says when it is out of date.
 */
export function cachePerRevision<Made>(
  make: (corp: CurrentCorp) => Promise<Made>,
): (corp: CurrentCorp) => Promise<Made> {
  let cached: { key: string; made: Promise<Made> } | undefined;
  return async (corp) => {
    const key = nameRevision(corp);
    if (cached?.key !== key) cached = { key, made: make(corp) };
    const current = cached;
    try {
      return await current.made;
    } catch (error) {
      if (cached === current) cached = undefined; // a failure is not kept
      throw error;
    }
  };
}

/** The same only while neither the corp nor its directory changes. */
export const nameRevision = ({ id, revision }: CurrentCorp): string => `${id}:${revision}`;

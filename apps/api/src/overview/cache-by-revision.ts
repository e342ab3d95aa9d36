import type { CurrentCorp } from '../directory/departments/current-corp.ts';

/** Keeps the latest result, as long as the directory is at the revision that it was read from. */
export type RevisionCache<T> = (corp: CurrentCorp, variant: string, read: () => Promise<T>) => Promise<T>;

/** Several requests for the same revision share one read; one that failed is not kept. */
export function createRevisionCache<T>(): RevisionCache<T> {
  let kept: { key: string; result: Promise<T> } | undefined;
  return (corp, variant, read) => {
    const key = `${corp.id}:${corp.revision}:${variant}`;
    if (kept?.key === key) return kept.result;
    const result = read();
    const current = { key, result };
    kept = current;
    result.catch(() => {
      if (kept === current) kept = undefined;
    });
    return result;
  };
}

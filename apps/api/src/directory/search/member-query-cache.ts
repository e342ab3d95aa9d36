import type { CurrentCorp } from '../departments/current-corp.ts';
import type { CachedQuery } from './cached-query.ts';
import type { MemberQuery } from './member-filter.ts';

/** Beyond this many different queries of one revision the oldest are evicted. */
const maxEntries = 5_000;

/** Whether what is known of a query is kept for the next request. */
export const isKept = ({ presence, attributeHits, mobileOwners }: MemberQuery): boolean =>
  presence === 'present' && !attributeHits && !mobileOwners;

/**
 * Caches what is known of queries for present members as long as the directory's revision stays: page after
 * page of 100,000 hits costs one count. Queries for members who left are not cached: erasing their personal
 * fields does not raise the revision. Nor are those that find members by their attributes or their mobile, which change without it.
 */
export function createMemberQueryCache(): (corp: CurrentCorp, query: MemberQuery) => CachedQuery {
  let revision = '';
  let entries = new Map<string, CachedQuery>();
  return (corp, query) => {
    if (!isKept(query)) return {};
    const current = `${corp.id}:${corp.revision}`;
    if (revision !== current) [revision, entries] = [current, new Map()];
    const key = JSON.stringify([query.q, query.status, query.department?.id, query.recursive]);
    const known = entries.get(key);
    if (known !== undefined) return known;
    const cached: CachedQuery = {};
    entries.set(key, cached);
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    return cached;
  };
}

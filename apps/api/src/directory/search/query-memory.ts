import type { CurrentCorp } from '../departments/current-corp.ts';
import type { MemberQuery } from './member-filter.ts';
import type { QueryFacts } from './member-query.ts';

/** Beyond so many different queries of one revision the oldest are forgotten. */
const mostKept = 5_000;

/**
 * Keeps what is known of queries for present members as long as the directory's revision stays: page after page of
 * 100,000 hits costs one count. Of those who left nothing is kept: erasing their personal fields does not raise the
 * revision.
 */
export function createQueryMemory(): (corp: CurrentCorp, query: MemberQuery) => QueryFacts {
  let revision = '';
  let kept = new Map<string, QueryFacts>();
  return (corp, query) => {
    if (query.presence !== 'present') return {};
    const current = `${corp.id}:${corp.revision}`;
    if (revision !== current) [revision, kept] = [current, new Map()];
    const key = JSON.stringify([query.q, query.status, query.department?.id, query.recursive]);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const facts: QueryFacts = {};
    kept.set(key, facts);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return facts;
  };
}

import type { MemberHit, RankedHits } from './cached-query.ts';
import { collectHits } from './collect-hits.ts';
import { measureHeads, measureRanks, sumOf } from './measure-ranks.ts';
import type { MemberQuery } from './member-filter.ts';
import { indexScan, maxCollected, scanOrCollect } from './scan-in-order.ts';
import { beginToCount, type Page, type Search } from './sorted-search.ts';

/** Up to this many hits are collected, which have to be read to be counted: to sort out a page of them costs little more. */
const maxCollectedRanked = 50_000;
/**
 * Up to this many hits are collected for each page; where there are more, each rank is looked at from then on, unless
 * they are scattered and no more than maxCollected.
 */
const maxCollectedAgain = 300;

/** The first page of a text is kept: it is asked for again by everybody who comes back to it. */
export function findRanked(search: Search, page: Page): Promise<MemberHit[]> {
  const { cached } = search;
  if (page.after !== undefined) return findRankedNow(search, page);
  if (cached.firstPage?.limit === page.limit) return cached.firstPage.hits;
  const hits = findRankedNow(search, page).catch((error: unknown) => {
    delete cached.firstPage; // a failure is not cached
    throw error;
  });
  cached.firstPage = { limit: page.limit, hits };
  return hits;
}

async function findRankedNow(search: Search, page: Page): Promise<MemberHit[]> {
  const { cached, query } = search;
  const ranked = await cached.ranked;
  const isUnknown = ranked === undefined && cached.heads === undefined;
  const mayBeScattered = isUnknown && page.after === undefined && isScattered(query);
  const scattered = mayBeScattered ? await findScattered(search, page) : [];
  if (scattered.length > page.limit) return scattered;
  const isCollected = ranked ? areCollected(query, ranked) : isUnknown && !isWide(query);
  const collected = isCollected ? await collectHits(search, page, maxCollectedRanked) : undefined;
  return collected ?? findByRank(search, page);
}

/**
 * Whether a text usually has more hits than are worth collecting: one or two letters, or three that may stand in the
 * middle of many readings, as "han" in zhang, where no department is filtered by.
 */
const isWide = (query: MemberQuery): boolean =>
  isUnfiltered(query) && /^([\0-\x7F]{1,2}|(?=.*[aeiouv])[a-z]{3})$/i.test(query.q ?? '');

/** Whether a text usually begins many userids and no reading, so that its hits are scattered among the names. */
const isScattered = (query: MemberQuery): boolean =>
  isUnfiltered(query) && /^(?=.*\d)[\0-\x7F]{1,3}$/.test(query.q ?? '');

const isUnfiltered = ({ department, presence }: MemberQuery): boolean =>
  department === undefined && presence === 'present';

/**
 * The beginning of a list: exact hits, then those who begin with the text, as far as an index scan meets them. All hits
 * are counted meanwhile.
 */
async function findScattered(search: Search, page: Page): Promise<MemberHit[]> {
  beginToCount(search);
  const [exact, begun] = await Promise.all([
    collectHits({ ...search, rank: 0 }, page),
    indexScan({ ...search, rank: 1 }, page),
  ]);
  return [...exact, ...begun].slice(0, page.limit + 1);
}

/** In a small department the scan for a rank is long, and Postgres knows least how to find those of a rank. */
function areCollected({ department }: MemberQuery, ranked: readonly RankedHits[]): boolean {
  if (department?.isSmall) return sumOf(ranked) <= maxCollectedRanked;
  const areScattered = ranked.some((hits) => hits.isScattered);
  return sumOf(ranked) <= (areScattered ? maxCollected : maxCollectedAgain);
}

/** Rank by rank, as far as the page goes. */
async function findByRank(search: Search, page: Page): Promise<MemberHit[]> {
  if (page.after === undefined) return findFirstByRank(search, page);
  const { limit, after } = page;
  const ranks = await measureRanks(search);
  const found: MemberHit[] = [];
  for (const hits of ranks.filter(({ rank }) => rank >= after.rank)) {
    if (found.length > limit) break;
    const rest = { limit: limit - found.length, after: hits.rank === after.rank ? after : undefined };
    found.push(...(await findOfRank(search, rest, hits)));
  }
  return found.slice(0, limit + 1);
}

/**
 * All hits are counted meanwhile, which the page waits for only where the first ranks do not fill it. Ranks are asked
 * for at once, each for all of the page, since the directory may have changed since they were counted.
 */
async function findFirstByRank(search: Search, page: Page): Promise<MemberHit[]> {
  beginToCount(search);
  const heads = await measureHeads(search);
  const ranks = sumOf(heads) > page.limit ? heads : await measureRanks(search);
  const isNeeded = (_: RankedHits, index: number) => sumOf(ranks.slice(0, index)) <= page.limit;
  const pages = await Promise.all(ranks.filter(isNeeded).map((hits) => findOfRank(search, page, hits)));
  return pages.flat().slice(0, page.limit + 1);
}

function findOfRank(search: Search, page: Page, hits: RankedHits): Promise<MemberHit[]> {
  const ofRank = { ...search, rank: hits.rank };
  return hits.total <= page.limit ? collectHits(ofRank, page) : scanOrCollect(ofRank, page, hits);
}

/** Exact hits come first, then those that begin with what is looked for, then the rest. */
export type Rank = 0 | 1 | 2;

/** The hits of one rank. */
export interface RankedHits {
  rank: Rank;
  total: number;
  /** What they are sorted by begins with this or later. */
  firstSortValue: string;
  /** A scan of the index in their order did not meet a page of them. */
  isScattered?: boolean;
}

/** Where a member stands in a list: by rank, by the value that it is sorted by, then by local id. */
export interface MemberHit {
  /** Local id. */
  id: number;
  sortValue: string;
  /** Or the place of the group where a list is sorted by one; 0 in a list without either. */
  rank: number;
}

/** What a list may be grouped by, and whether the groups stand in falling order. */
export type GroupOrder = `${'status' | 'department'}, ${'asc' | 'desc'}`;

/** Hits at the same place of a list in groups, by the values that lead there. */
export interface Group {
  place: number;
  values: (bigint | null)[];
  total: number;
}

/** What is known of a query; its users add to it what they find out. */
export interface CachedQuery {
  /** How many members it finds. */
  total?: Promise<number>;
  /** Of a search by a text: one more than its limit, if there are. */
  firstPage?: { limit: number; hits: Promise<MemberHit[]> };
  /** How many are exact hits, and how many begin with the text; a rank without any is left out. */
  heads?: Promise<RankedHits[]>;
  /** The same of all ranks, best first. */
  ranked?: Promise<RankedHits[]>;
  /** Its hits in the groups of an order, first group first. */
  groups?: Partial<Record<GroupOrder, Promise<Group[]>>>;
  /** Local ids of the filtered department and of all below it. */
  idsBelow?: Promise<number[]>;
}

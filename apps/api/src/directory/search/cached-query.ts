/** Where the next page begins: sort value and id of the last row of this one. */
export type MemberCursor = readonly [string, number];

/** What is known of a query; its users add to it what they find out. */
export interface CachedQuery {
  /** How many members it finds. */
  total?: Promise<number>;
  /** Just before its first member in the order of names. */
  firstKey?: MemberCursor;
  /** Local ids of the filtered department and of all below it. */
  idsBelow?: Promise<number[]>;
}

/** Where the next page begins: sort value and id of the last row of this one. */
export type MemberCursor = readonly [string, number];

/** What is known of a query; whoever learns more writes it down here. */
export interface QueryFacts {
  /** How many members it finds. */
  total?: Promise<number>;
  /** Just before its first member in the order of names. */
  startsAt?: MemberCursor;
  /** Local ids of the department asked for and of all below it. */
  idsBelow?: Promise<number[]>;
}

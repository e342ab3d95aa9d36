import type { Change } from '../types.ts';

/**
 * The stage of a change in the apply order, 0 first; changes of one stage keep the order they were planned
 * in.
 *
 * 0 department upserts (parents first) · 1 members · 2 memberships · 3 membership removals · 4 member
 * removals ·
 * 5 department removals (children first). No stage refers to a row that a later stage creates or an earlier
 * one removes.
 */
export function getChangeStage(change: Change): 0 | 1 | 2 | 3 | 4 | 5 {
  const isRemoval = change.kind === 'remove';
  switch (change.entity) {
    case 'department':
      return isRemoval ? 5 : 0;
    case 'member':
      return isRemoval ? 4 : 1;
    case 'membership':
      return isRemoval ? 3 : 2;
  }
}

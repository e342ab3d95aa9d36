import type { Change, Summary } from '../types.ts';

/** A summary with all counts 0, see {@link countChange}. */
export function createSummary(): Summary {
  return {
    departments: { create: 0, update: 0, move: 0, remove: 0, restore: 0 },
    members: { create: 0, update: 0, remove: 0, restore: 0 },
    memberships: { create: 0, update: 0, remove: 0 },
  };
}

/** Adds one change to the counts of the summary, in place. */
export function countChange(summary: Summary, change: Change): void {
  switch (change.entity) {
    case 'department':
      summary.departments[change.kind] += 1;
      return;
    case 'member':
      summary.members[change.kind] += 1;
      return;
    case 'membership':
      summary.memberships[change.kind] += 1;
  }
}

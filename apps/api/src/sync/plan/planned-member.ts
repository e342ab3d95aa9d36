import type { CurrentMember, MemberPlan, SnapshotMember } from '@orgmirror/planner';
import { buildSearchColumns } from '../../directory/search/search-text.ts';
import { mergeSensitive } from './merge-sensitive.ts';
import type { DerivedColumns, PlannedChange } from './plan-writer.ts';

/**
 * A member's changes as they are stored, none held so far. The first one carries what else is to be stored
 * about the member, unless it is their leaving; of a renamed member the first one moves the row to the new
 * userid.
 */
export function toPlannedChanges(
  { desired, changes, contentHash }: MemberPlan,
  current: CurrentMember | null,
  renamedFrom?: string,
): PlannedChange[] {
  const columns =
    desired && changes.length > 0 ? { contentHash, ...findSearchColumns(current, desired) } : undefined;
  return changes.map((change, index) => {
    const derived = index === 0 ? columns : undefined;
    if (change.entity === 'membership') return { change, held: false, derived };
    const moved = renamedFrom === undefined ? derived : { contentHash: null, ...derived, renamedFrom };
    return { change, held: false, derived: moved, sensitiveAfter: mergeSensitive(change, current) };
  });
}

/** The columns that members are searched and sorted by, when a value that they are made from changes. */
function findSearchColumns(current: CurrentMember | null, desired: SnapshotMember): DerivedColumns {
  const latest = (field: 'name' | 'alias' | 'englishName') =>
    desired.fields[field] ?? current?.fields[field] ?? null;
  const searched = {
    name: latest('name') ?? desired.userId,
    alias: latest('alias'),
    englishName: latest('englishName'),
    userId: desired.userId,
  };
  const isUnchanged =
    current !== null &&
    current.userId === searched.userId &&
    current.fields.name === searched.name &&
    current.fields.alias === searched.alias &&
    current.fields.englishName === searched.englishName;
  return isUnchanged ? {} : { ...buildSearchColumns(searched) };
}

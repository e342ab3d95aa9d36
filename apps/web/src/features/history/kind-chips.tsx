import type { SyncChange, SyncRunCounts } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { FilterChips } from '../../components/filter-chips.tsx';
import type { ChangeFilters } from './change-filters.ts';

const kinds = ['create', 'update', 'move', 'remove', 'restore'] as const satisfies SyncChange['kind'][];
const signs = { create: '+', update: '~', move: '→', remove: '−', restore: '↺' } as const;
const countsOf = { department: 'departments', member: 'members', membership: 'memberships' } as const;

interface KindChipsProps {
  counts: SyncRunCounts;
  filters: ChangeFilters;
  onChange: (kind: ChangeFilters['kind']) => void;
}

/** The kinds of changes that the run has, each with its sign and number, of the chosen kind of object. */
export function KindChips({ counts, filters: { entity, kind }, onChange }: KindChipsProps) {
  const { t } = useTranslation();
  const counted = entity === 'all' ? Object.values(counts) : [counts[countsOf[entity]]];
  const count = (wanted: SyncChange['kind']) =>
    counted.reduce(
      (sum, byKind: Partial<Record<SyncChange['kind'], number>>) => sum + (byKind[wanted] ?? 0),
      0,
    );
  const total = kinds.reduce((sum, each) => sum + count(each), 0);
  const shown = kinds.filter((each) => count(each) > 0 || each === kind);
  return (
    <FilterChips<ChangeFilters['kind']>
      label={t('history.changes.filterKind')}
      value={kind}
      options={[
        { value: 'all', label: t('history.changes.all', { count: total }) },
        ...shown.map((value) => ({
          value,
          label: t('history.changes.chip', {
            sign: signs[value],
            kind: t(`history.kind.${value}`),
            count: count(value),
          }),
        })),
      ]}
      onChange={onChange}
    />
  );
}

import { useTranslation } from 'react-i18next';
import { FilterChips } from '../../components/filter-chips.tsx';
import { SearchInput } from '../../components/search-input.tsx';
import { Select } from '../../components/select.tsx';
import { type RunFilters, runKinds, runPeriods, runStatuses } from './run-filters.ts';

interface RunFilterBarProps {
  filters: RunFilters;
  onChange: (filters: RunFilters) => void;
}

/** Result, kind, time, person, and only runs that changed something. */
export function RunFilterBar({ filters, onChange }: RunFilterBarProps) {
  const { t } = useTranslation();
  return (
    <div className="om-list-filters">
      <FilterChips
        label={t('history.filterStatus')}
        value={filters.status ?? 'all'}
        options={[
          { value: 'all', label: t('history.allStatuses') },
          ...runStatuses.map((value) => ({ value, label: t(`sync.status.${value}`) })),
        ]}
        onChange={(value) => onChange({ ...filters, status: runStatuses.find((status) => status === value) })}
      />
      <span className="om-pager-gap" />
      <button
        type="button"
        className="om-chip"
        aria-pressed={filters.isChangedOnly}
        onClick={() => onChange({ ...filters, isChangedOnly: !filters.isChangedOnly })}
      >
        {t('history.filter.changedOnly')}
      </button>
      <Select
        label={t('history.column.trigger')}
        value={filters.kind ?? ''}
        options={[
          { value: '', label: t('history.filter.allKinds') },
          ...runKinds.map((value) => ({ value, label: t(`history.what.${value}`) })),
        ]}
        onChange={(value) => onChange({ ...filters, kind: runKinds.find((kind) => kind === value) })}
      />
      <Select
        label={t('history.column.startedAt')}
        value={filters.period ?? ''}
        options={[
          { value: '', label: t('history.filter.allTimes') },
          ...runPeriods.map((value) => ({ value, label: t(`history.filter.period.${value}`) })),
        ]}
        onChange={(value) => onChange({ ...filters, period: runPeriods.find((period) => period === value) })}
      />
      <SearchInput
        className="om-run-by"
        label={t('history.column.startedBy')}
        value={filters.startedBy}
        onSettled={(startedBy) => onChange({ ...filters, startedBy })}
      />
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { SearchInput } from '../../components/search-input.tsx';
import { Select } from '../../components/select.tsx';
import { changeTypes, type EventFilters, eventSources, eventStatuses } from './event-filters.ts';

interface EventFilterBarProps {
  filters: EventFilters;
  /** `value` '' takes the filter away. */
  onChange: (name: keyof EventFilters, value: string) => void;
}

/** Source, state, kind and text, each kept in the address. */
export function EventFilterBar({ filters, onChange }: EventFilterBarProps) {
  const { t } = useTranslation();
  return (
    <div className="om-list-filters">
      <SearchInput
        className="om-list-search"
        label={t('events.filter.search')}
        value={filters.q}
        onSettled={(value) => onChange('q', value)}
      />
      <Select
        label={t('events.filter.source')}
        value={filters.source ?? ''}
        options={[
          { value: '', label: t('events.filter.allSources') },
          ...eventSources.map((value) => ({ value, label: t(`events.source.${value}`) })),
        ]}
        onChange={(value) => onChange('source', value)}
      />
      <Select
        label={t('events.filter.status')}
        value={filters.status ?? ''}
        options={[
          { value: '', label: t('events.filter.allStatuses') },
          ...eventStatuses.map((value) => ({ value, label: t(`events.status.${value}`) })),
        ]}
        onChange={(value) => onChange('status', value)}
      />
      <Select
        label={t('events.filter.kind')}
        value={filters.kind ?? ''}
        options={[
          { value: '', label: t('events.filter.allKinds') },
          ...changeTypes.map((value) => ({ value, label: t(`events.kind.${value}`) })),
        ]}
        onChange={(value) => onChange('kind', value)}
      />
    </div>
  );
}

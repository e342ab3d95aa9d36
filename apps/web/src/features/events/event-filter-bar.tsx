import { Input } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '../../components/native-select.tsx';
import { changeTypes, type EventFilters, eventSources, eventStatuses } from './event-filters.ts';

const debounceMs = 300;

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
      <SearchField value={filters.q} onSettled={(value) => onChange('q', value)} />
      <NativeSelect
        label={t('events.filter.source')}
        value={filters.source ?? ''}
        options={[
          { value: '', label: t('events.filter.allSources') },
          ...eventSources.map((value) => ({ value, label: t(`events.source.${value}`) })),
        ]}
        onChange={(value) => onChange('source', value)}
      />
      <NativeSelect
        label={t('events.filter.status')}
        value={filters.status ?? ''}
        options={[
          { value: '', label: t('events.filter.allStatuses') },
          ...eventStatuses.map((value) => ({ value, label: t(`events.status.${value}`) })),
        ]}
        onChange={(value) => onChange('status', value)}
      />
      <NativeSelect
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

interface SearchFieldProps {
  value: string;
  onSettled: (value: string) => void;
}

/** Reports what was typed after a pause, and follows the address when that changes otherwise. */
function SearchField({ value, onSettled }: SearchFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState({ value, reported: value });
  if (value !== known.value) {
    const isOwn = value === known.reported;
    setKnown({ value, reported: value });
    if (!isOwn) setTyped(value); // cleared, or the back button
  }
  const report = useEffectEvent((text: string) => {
    setKnown({ value, reported: text });
    onSettled(text);
  });
  useEffect(() => {
    const text = typed.trim();
    if (text === value) return;
    const timer = setTimeout(() => report(text), debounceMs);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <Input
      allowClear
      className="om-list-search"
      placeholder={t('events.filter.search')}
      aria-label={t('events.filter.search')}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

import { useTranslation } from 'react-i18next';
import { DayInput } from '../../components/date-inputs.tsx';
import { SearchInput } from '../../components/search-input.tsx';
import { Select } from '../../components/select.tsx';
import { translateCode } from '../../i18n/translate-code.ts';
import type { AuditFilters } from './audit-filters.ts';

interface AuditFilterBarProps {
  filters: AuditFilters;
  /** `value` '' takes the filter away. */
  onChange: (name: keyof AuditFilters, value: string) => void;
}

/** Who, what, whom, how it went and when, each kept in the address. */
export function AuditFilterBar({ filters, onChange }: AuditFilterBarProps) {
  const { t } = useTranslation();
  return (
    <div className="om-list-filters">
      {(['actor', 'target'] as const).map((name) => (
        <SearchInput
          key={name}
          className="om-audit-search"
          label={t(`audit.filter.${name}`)}
          value={filters[name]}
          onSettled={(value) => onChange(name, value)}
        />
      ))}
      <Select
        label={t('audit.filter.action')}
        value={filters.action}
        options={[{ value: '', label: t('audit.filter.allActions') }, ...useActionOptions()]}
        onChange={(value) => onChange('action', value)}
      />
      <Select
        label={t('audit.filter.result')}
        value={filters.result}
        options={[
          { value: '', label: t('audit.filter.allResults') },
          { value: 'succeeded', label: t('audit.result.succeeded') },
          { value: 'failed', label: t('audit.result.failed') },
        ]}
        onChange={(value) => onChange('result', value)}
      />
      <span className="om-audit-days">
        {(['from', 'to'] as const).map((name) => (
          <DayInput
            key={name}
            className="om-audit-day"
            label={t(`audit.filter.${name}`)}
            value={filters[name]}
            onChange={(value) => onChange(name, value)}
          />
        ))}
      </span>
    </div>
  );
}

/** Every action under its kind; a kind stands for all of its actions. */
function useActionOptions(): { value: string; label: string }[] {
  const { t } = useTranslation();
  const actions: Record<string, string> = t('audit.action', { returnObjects: true });
  const kinds = [...new Set(Object.keys(actions).map((action) => `${action.split('.')[0]}.`))];
  return kinds.flatMap((kind) => {
    const members = Object.entries(actions).filter(([action]) => action.startsWith(kind));
    const options = members.map(([value, label]) => ({ value, label }));
    if (members.length === 1) return options;
    const all = { value: kind, label: translateCode('audit.kind', kind.slice(0, -1)) ?? kind };
    return [all, ...options.map(({ value, label }) => ({ value, label: `\u2003${label}` }))];
  });
}

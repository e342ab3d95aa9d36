import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { FilterChips } from '../../components/filter-chips.tsx';
import { SearchInput } from '../../components/search-input.tsx';
import { ColumnSettings } from './column-settings.tsx';
import type { OrgNavigation } from './use-org-params.ts';

/** Search, status, presence, sub-departments and columns, in one row. */
export function MemberFilters({ navigation }: { navigation: OrgNavigation }) {
  const { t } = useTranslation();
  const { params, filter } = navigation;
  return (
    <div className="om-filters">
      <SearchInput
        className="om-filter-search"
        label={t('org.filter.search')}
        value={params.q}
        onSettled={(q) => filter({ q })}
      />
      <FilterChips
        label={t('org.filter.status')}
        value={params.status}
        options={[
          { value: 'all', label: t('org.filter.all') },
          { value: 'activated', label: t('org.status.activated') },
          { value: 'notActivated', label: t('org.status.notActivated') },
          { value: 'disabled', label: t('org.status.disabled') },
        ]}
        onChange={(status) => filter({ status })}
      />
      <span className="om-divider" />
      <FilterChips
        label={t('org.filter.presence')}
        value={params.presence}
        options={[
          { value: 'present', label: t('org.filter.present') },
          { value: 'left', label: t('org.filter.left') },
        ]}
        onChange={(presence) => filter({ presence })}
      />
      {params.departmentId !== null && (
        <span className="om-switch-label">
          <Switch
            size="small"
            checked={params.isRecursive}
            onChange={(isRecursive) => filter({ isRecursive })}
            aria-label={t('org.filter.recursive')}
          />
          <span aria-hidden="true">{t('org.filter.recursive')}</span>
        </span>
      )}
      <span className="om-pager-gap" />
      <ColumnSettings />
    </div>
  );
}

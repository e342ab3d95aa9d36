import { SearchOutlined } from '@ant-design/icons';
import { Input, Switch } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterChips } from '../../components/filter-chips.tsx';
import { useDebounced } from '../../lib/use-debounced.ts';
import { ColumnSettings } from './column-settings.tsx';
import type { OrgNavigation } from './use-org-params.ts';

const searchDebounceMs = 300;

/** Search, status, presence, sub-departments and columns, in one row. */
export function MemberFilters({ navigation }: { navigation: OrgNavigation }) {
  const { t } = useTranslation();
  const { params, filter } = navigation;
  return (
    <div className="om-filters">
      <SearchBox navigation={navigation} />
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

function SearchBox({ navigation: { params, filter } }: { navigation: OrgNavigation }) {
  const { t } = useTranslation();
  const [text, setText] = useState(params.q);
  const debounced = useDebounced(text, searchDebounceMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the typing, not the address
  useEffect(() => {
    if (debounced !== params.q) filter({ q: debounced });
  }, [debounced]);
  useEffect(() => setText(params.q), [params.q]); // "clear filters", back and forward
  return (
    <Input
      allowClear
      className="om-filter-search"
      prefix={<SearchOutlined aria-hidden="true" />}
      placeholder={t('org.filter.search')}
      aria-label={t('org.filter.search')}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => filter({ q: text })}
    />
  );
}

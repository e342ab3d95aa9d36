import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { SearchInput } from '../../components/search-input.tsx';
import { useIsAdmin, useSeesConsole } from '../../entities/session/session.ts';
import { ColumnSettings } from './column-settings.tsx';
import { MemberStateChips } from './member-state-chips.tsx';
import { SavedViews } from './saved-views.tsx';
import type { MemberList } from './use-member-list.ts';
import type { OrgNavigation } from './use-org-params.ts';

/** Search, state, sub-departments and columns, in one row. Who left and who is disabled is the console's. */
export function MemberFilters({ navigation, list }: { navigation: OrgNavigation; list: MemberList }) {
  const { t } = useTranslation();
  const seesConsole = useSeesConsole();
  const isAdmin = useIsAdmin();
  const { params, filter } = navigation;
  return (
    <div className="om-filters">
      <SearchInput
        className="om-filter-search"
        label={t(isAdmin ? 'org.filter.searchWithMobile' : 'org.filter.search')}
        value={params.q}
        onSettled={(q) => filter({ q })}
      />
      {seesConsole && <MemberStateChips navigation={navigation} />}
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
      <div className="om-filter-tools">
        <SavedViews navigation={navigation} list={list} />
        <ColumnSettings list={list} />
      </div>
    </div>
  );
}

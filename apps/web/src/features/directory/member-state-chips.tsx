import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FilterChips } from '../../components/filter-chips.tsx';
import { memberCountQuery, membersQuery } from './members-query.ts';
import { findMemberState, memberStates, toStateFilter } from './org-params.ts';
import type { OrgNavigation } from './use-org-params.ts';

/** 在职, 已激活, 未激活, 已禁用, 已退出: one choice, each with how many it would list. */
export function MemberStateChips({ navigation: { params, filter } }: { navigation: OrgNavigation }) {
  const { t } = useTranslation();
  const isSearching = params.q.trim() !== ''; // five more searches a keystroke would be too many
  const list = useQuery(membersQuery(params));
  const isListed = list.isSuccess && !list.isPlaceholderData; // first: the counts would delay it
  const counts = useQueries({
    queries: memberStates.map((state) => ({
      ...memberCountQuery({ ...params, ...toStateFilter(state) }),
      enabled: !isSearching && isListed,
    })),
  });
  return (
    <FilterChips
      label={t('org.filter.status')}
      value={findMemberState(params)}
      options={memberStates.map((state, index) => {
        const count = isSearching ? undefined : counts[index]?.data;
        return {
          value: state,
          label: t(`org.filter.state.${state}`),
          count,
          ...(count !== undefined && { hint: t('org.tree.count', { count }) }),
        };
      })}
      onChange={(state) => filter(toStateFilter(state))}
    />
  );
}

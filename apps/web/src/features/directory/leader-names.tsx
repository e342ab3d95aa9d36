import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { memberQuery } from '../../entities/members/member-query.ts';

const maxNames = 5;

/** The leaders' names, fetched when the tooltip opens; the userid stands in until then. */
export function LeaderNames({ userIds }: { userIds: readonly string[] }) {
  const { t } = useTranslation();
  const shown = userIds.slice(0, maxNames);
  const members = useQueries({
    queries: shown.map((userId) => ({ ...memberQuery(userId), staleTime: 300_000 })),
  });
  const names = shown.map((userId, index) => members[index]?.data?.name ?? userId);
  const rest = userIds.length > maxNames ? ' …' : '';
  return <>{t('org.tree.leaders', { names: `${names.join('、')}${rest}` })}</>;
}

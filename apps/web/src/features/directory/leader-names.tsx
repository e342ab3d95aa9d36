import { useTranslation } from 'react-i18next';
import { useLeaders } from './use-leaders.ts';

const maxNames = 5;

/** The leaders' names, fetched when the tooltip opens; the userid stands in until then. */
export function LeaderNames({ userIds }: { userIds: readonly string[] }) {
  const { t } = useTranslation();
  const names = useLeaders(userIds, maxNames).map(({ userId, member }) => member?.name ?? userId);
  const rest = userIds.length > maxNames ? ' …' : '';
  return <>{t('org.tree.leaders', { names: `${names.join('、')}${rest}` })}</>;
}

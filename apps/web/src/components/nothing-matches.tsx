import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageState } from './page-state.tsx';

/** For a list without rows that match the filters. */
export function NothingMatches({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <PageState
      kind="missing"
      title={t('common.state.nothingMatches.title')}
      detail={t('common.state.nothingMatches.detail')}
      action={<Button onClick={onClear}>{t('common.state.clearFilters')}</Button>}
    />
  );
}

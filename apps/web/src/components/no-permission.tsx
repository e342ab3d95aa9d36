import { useTranslation } from 'react-i18next';
import { PageState } from './page-state.tsx';

/** For a page that the person's role may not see. */
export function NoPermission() {
  const { t } = useTranslation();
  return (
    <PageState
      isPage
      title={t('common.state.noPermission.title')}
      detail={t('common.state.noPermission.detail')}
    />
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { PageState } from './page-state.tsx';

/** For a page that the role of the user may not see. */
export function NoPermission() {
  const { t } = useTranslation();
  return (
    <PageState
      isPage
      kind="forbidden"
      title={t('common.state.noPermission.title')}
      detail={t('common.state.noPermission.detail')}
      action={<Link to="/">{t('common.state.toStart')}</Link>}
    />
  );
}

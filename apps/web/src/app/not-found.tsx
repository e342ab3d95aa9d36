import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { PageState } from '../components/page-state.tsx';

/** For an unknown address. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <PageState
      isPage
      kind="missing"
      title={t('common.state.notFound.title')}
      detail={t('common.state.notFound.detail')}
      action={<Link to="/system/org">{t('common.state.toOrg')}</Link>}
    />
  );
}

import { useTranslation } from 'react-i18next';
import { PageState } from './page-state.tsx';

/** For a page, or a part of one, that the role of the user may not see. */
export function NoPermission({ isPage = true }: { isPage?: boolean }) {
  const { t } = useTranslation();
  return (
    <PageState
      isPage={isPage}
      title={t('common.state.noPermission.title')}
      detail={t('common.state.noPermission.detail')}
    />
  );
}

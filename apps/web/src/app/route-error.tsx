import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router-dom';
import { PageState } from '../components/page-state.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { ProblemError } from '../lib/http/problem-error.ts';

/** A page that threw: says so, and reloads. With the request id when the server was the cause. */
export function RouteError({ isPage = false }: { isPage?: boolean }) {
  const { t } = useTranslation();
  const error = useRouteError();
  const reload = () => window.location.reload();
  if (error instanceof ProblemError) return <ProblemNotice error={error} onRetry={reload} />;
  // A chunk that is gone means that the server was updated under the open page.
  const isOutdated = error instanceof TypeError && /import|module/i.test(error.message);
  const text = isOutdated ? 'outdated' : 'unexpected';
  return (
    <PageState
      isPage={isPage}
      title={t(`common.error.${text}.title`)}
      detail={t(`common.error.${text}.detail`)}
      action={
        <Button type="primary" onClick={reload}>
          {t('common.error.reload')}
        </Button>
      }
    />
  );
}

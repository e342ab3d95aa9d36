import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router-dom';
import { PageState } from '../components/page-state.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { SkeletonRows } from '../components/skeleton-rows.tsx';
import { checkHealth } from '../lib/api/health.ts';
import { ProblemError } from '../lib/http/problem-error.ts';

const reload = () => window.location.reload();

/** Messages of browsers for code, and of the bundler for styles, that did not load. */
const isLoadFailure = (error: unknown): boolean =>
  error instanceof Error && /import|module|preload/i.test(error.message);

/** A page that threw: says so, and reloads. With the request id when the server was the cause. */
export function RouteError({ isPage = false }: { isPage?: boolean }) {
  const error = useRouteError();
  if (error instanceof ProblemError) return <ProblemNotice error={error} onRetry={reload} />;
  if (isLoadFailure(error)) return <LoadFailure isPage={isPage} />;
  return <Reload isPage={isPage} reason="unexpected" />;
}

/**
 * Code that did not load: the server does not answer, or it was updated under the open page and the code is
 * gone.
 */
function LoadFailure({ isPage }: { isPage: boolean }) {
  const health = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => checkHealth(signal),
    retry: false,
    gcTime: 0,
  });
  const retry = async () => {
    const { isSuccess } = await health.refetch();
    if (isSuccess) reload();
  };
  if (health.isPending) return <SkeletonRows />;
  if (health.isError) return <ProblemNotice error={health.error} onRetry={() => void retry()} />;
  return <Reload isPage={isPage} reason="outdated" />;
}

function Reload({ isPage, reason }: { isPage: boolean; reason: 'outdated' | 'unexpected' }) {
  const { t } = useTranslation();
  return (
    <PageState
      isPage={isPage}
      kind="error"
      title={t(`common.error.${reason}.title`)}
      detail={t(`common.error.${reason}.detail`)}
      action={
        <Button type="primary" onClick={reload}>
          {t('common.error.reload')}
        </Button>
      }
    />
  );
}

import type { SyncRun } from '@orgmirror/contracts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useRetryRun } from './use-retry-run.ts';

/** Why a run failed, where the error is explained, and the sync once more. */
export function RunFailure({ run }: { run: SyncRun }) {
  const { t, i18n } = useTranslation();
  const isAdmin = useIsAdmin();
  const retry = useRetryRun(run);
  if (run.error === null) return null;
  const canRetry = isAdmin && run.status === 'failed' && run.mode !== 'undo';
  return (
    <>
      {retry.error && <ProblemNotice error={retry.error} lead={t('sync.cannotStart')} />}
      <ProblemNotice
        error={run.error}
        actions={
          <>
            {run.status === 'failed' && (
              <a
                href={`/guide/errors?lang=${i18n.language === 'zh-CN' ? 'zh' : 'en'}`}
                target="_blank"
                rel="noreferrer"
              >
                {t('history.detail.errorHelp')}
              </a>
            )}
            {canRetry && (
              <Button onClick={() => retry.mutate()} loading={retry.isPending}>
                {t('history.detail.retry')}
              </Button>
            )}
          </>
        }
      />
    </>
  );
}

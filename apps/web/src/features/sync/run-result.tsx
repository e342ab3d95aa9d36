import type { SyncRun } from '@orgmirror/contracts';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { Notice, type Tone } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { FailedRunActions } from '../../entities/runs/failed-run-actions.tsx';
import { PartialRead } from '../../entities/runs/partial-read.tsx';
import { countHeld, describeHeld, hasChanges, isReadPartly } from '../../entities/runs/run-states.ts';
import { RunSummary } from '../../entities/runs/run-summary.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { formatExact } from '../../lib/format.ts';
import { HeldNames } from './held-names.tsx';

/** Result of the last run with a link to its page. Held removals stay visible until they are decided. */
export function RunResult({ run, onDismiss }: { run: SyncRun; onDismiss?: () => void }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const path = `/system/sync-runs/${run.id}`;
  const dismiss = onDismiss && (
    <Button size="small" type="text" onClick={onDismiss}>
      {t('common.action.dismiss')}
    </Button>
  );
  if (run.status === 'failed' && run.error)
    return (
      <ProblemNotice
        lead={t('sync.result.failed')}
        error={run.error}
        actions={
          <>
            <FailedRunActions run={run} isAdmin={isAdmin} />
            <Link to={path}>{t('sync.result.openRun')}</Link>
            {dismiss}
          </>
        }
      />
    );
  const isWaiting = run.status === 'awaitingApproval';
  const isToDecide = isWaiting && isAdmin;
  return (
    <Notice
      tone={getTone(run)}
      title={getTitle(run, t)}
      actions={
        <>
          <Link to={path}>{t(isToDecide ? 'sync.result.review' : 'sync.result.openRun')}</Link>
          {!isWaiting && dismiss}
        </>
      }
    >
      {(hasChanges(run) || isWaiting) && <RunSummary run={run} />}
      {isWaiting && countHeld(run) > 0 && <HeldNames run={run} />}
      {isWaiting && run.mode === 'apply' && <p>{t('sync.result.heldDetail')}</p>}
      {isWaiting && run.heldUntil !== null && (
        <p>{t('sync.result.heldUntil', { when: formatExact(run.heldUntil) })}</p>
      )}
      <PartialRead run={run} />
    </Notice>
  );
}

function getTone(run: SyncRun): Tone {
  if (run.status === 'failed') return 'error';
  if (run.complete === false) return 'warning';
  if (run.status === 'awaitingApproval') return run.mode === 'preview' ? 'info' : 'warning';
  return run.status === 'succeeded' ? 'success' : 'info';
}

function getTitle(run: SyncRun, t: TFunction): string {
  switch (run.status) {
    case 'awaitingApproval':
      return run.mode === 'preview' && countHeld(run) === 0
        ? t('sync.result.previewReady')
        : t(`sync.result.held.${describeHeld(run)}`, run.held);
    case 'failed':
      return t('sync.result.failed');
    case 'cancelled':
      return t('sync.result.cancelled');
    case 'rejected':
      return t('sync.result.rejected');
    default:
      if (isReadPartly(run)) return t('sync.partial.title');
      return t(hasChanges(run) ? 'sync.result.succeeded' : 'sync.result.unchanged');
  }
}

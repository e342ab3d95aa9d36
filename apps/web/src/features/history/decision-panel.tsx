import type { SyncRun } from '@orgmirror/contracts';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { countHeld, describeHeld } from '../../entities/runs/run-states.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { formatExact } from '../../lib/format.ts';
import { getProblemCode } from '../../lib/http/problem-error.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import { HeldReasons } from './held-reasons.tsx';
import { useApproveRun } from './use-approve-run.ts';
import { useRejectRun } from './use-reject-run.ts';

/**
 * The pending approval, its reasons, and the buttons to approve or reject. A preview is pending as a whole.
 */
export function DecisionPanel({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const isAdmin = useIsAdmin();
  const [isDialogOpen, setDialogOpen] = useState(false);
  const approve = useApproveRun(run);
  const reject = useRejectRun(run);
  const isPreview = run.mode === 'preview';
  const heldCount = countHeld(run);

  const confirmReject = () =>
    modal.confirm({
      title: t(isPreview ? 'history.preview.discardTitle' : 'history.held.rejectTitle'),
      content: t(isPreview ? 'history.preview.discardDetail' : 'history.held.rejectDetail'),
      okText: t(isPreview ? 'history.preview.discard' : 'history.held.rejectConfirm'),
      onOk: () => reject.mutate(),
    });
  const failure = approve.error ?? reject.error;
  return (
    <>
      {failure && (
        <ProblemNotice
          error={failure}
          actions={
            getProblemCode(failure) === 'plan.stale' && (
              <Link to="/system/org">{t('history.preview.newSync')}</Link>
            )
          }
        />
      )}
      <Notice
        tone={isPreview ? 'info' : 'warning'}
        title={t(isPreview ? 'history.preview.title' : 'history.held.title')}
        actions={
          isAdmin && (
            <>
              <Button onClick={confirmReject} loading={reject.isPending} disabled={approve.isPending}>
                {t(isPreview ? 'history.preview.discard' : 'history.held.reject')}
              </Button>
              <Button
                type="primary"
                danger={heldCount > 0}
                onClick={() => setDialogOpen(true)}
                loading={approve.isPending}
                disabled={reject.isPending}
              >
                {t(isPreview ? 'history.preview.apply' : 'history.held.approve')}
              </Button>
            </>
          )
        }
      >
        {isPreview && <p>{t('history.preview.detail')}</p>}
        {heldCount > 0 && <p>{t(`history.held.effect.${describeHeld(run)}`, run.held)}</p>}
        <HeldReasons run={run} />
        {run.heldUntil !== null && <p>{t('history.held.until', { when: formatExact(run.heldUntil) })}</p>}
      </Notice>
      {isDialogOpen && (
        <ApproveDialog
          run={run}
          onApprove={() => {
            setDialogOpen(false);
            approve.mutate();
          }}
          onClose={() => setDialogOpen(false)}
        />
      )}
    </>
  );
}

import type { SyncRun } from '@orgmirror/contracts';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { countHeld, describeHeld } from '../../entities/runs/run-states.ts';
import { RunSummary } from '../../entities/runs/run-summary.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { formatExact, splitSpan } from '../../lib/format.ts';
import { getProblemCode } from '../../lib/http/problem-error.ts';
import { useNow } from '../../lib/use-now.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import { useApproveRun } from './use-approve-run.ts';
import { useRejectRun } from './use-reject-run.ts';

/** What is to be decided, until when, and the buttons: always in sight, at the foot of the page. */
export function DecisionBar({ run }: { run: SyncRun }) {
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
    <section className="om-decision" aria-label={t('history.held.decide')}>
      {failure && <DecisionProblem error={failure} />}
      <div className="om-decision-line">
        <div className="om-decision-text">
          <b>
            {heldCount > 0
              ? t(`history.held.effect.${describeHeld(run)}`, run.held)
              : t('history.preview.title')}
          </b>{' '}
          <span className="om-quiet">
            {isPreview ? <RunSummary run={run} /> : t('history.held.restApplied')}{' '}
            {run.heldUntil !== null && <TimeLeft until={run.heldUntil} />}
          </span>
        </div>
        {isAdmin && (
          <div className="om-decision-actions">
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
          </div>
        )}
      </div>
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
    </section>
  );
}

function DecisionProblem({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <ProblemNotice
      error={error}
      actions={
        getProblemCode(error) === 'plan.stale' && <Link to="/system/org">{t('history.preview.newSync')}</Link>
      }
    />
  );
}

/** "2 天 23 小时后作废", the instant in a tooltip. */
function TimeLeft({ until }: { until: string }) {
  const { t } = useTranslation();
  const now = useNow(true, 30_000);
  const { unit, ...span } = splitSpan(Date.parse(until) - now);
  return (
    <time dateTime={until} title={formatExact(until)} className="om-nowrap">
      {t('history.held.left', { span: t(`history.span.${unit}`, span) })}
    </time>
  );
}

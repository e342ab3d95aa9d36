import type { SyncRun } from '@orgmirror/contracts';
import { useNavigate } from 'react-router-dom';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { FailedRunActions } from '../../entities/runs/failed-run-actions.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';

/** Why a run failed, where the error is explained, and the sync once more. */
export function RunFailure({ run }: { run: SyncRun }) {
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  if (run.error === null) return null;
  const open = ({ id }: SyncRun) => void navigate(`/system/sync-runs/${id}`);
  return (
    <ProblemNotice
      error={run.error}
      actions={run.status === 'failed' && <FailedRunActions run={run} isAdmin={isAdmin} onStarted={open} />}
    />
  );
}

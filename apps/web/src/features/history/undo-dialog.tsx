import type { UndoEffect as Effect, SyncRun } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryContent } from '../../components/query-content.tsx';
import { SkeletonRows } from '../../components/skeleton-rows.tsx';
import { PendingPlan } from '../../entities/runs/pending-plan.tsx';
import { pendingRunQuery } from '../../entities/runs/run-queries.ts';
import { getUndoEffect } from '../../lib/api/sync-runs.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { ConfirmCount, isTypedCount } from './confirm-count.tsx';
import { UndoEffect } from './undo-effect.tsx';
import { UndoProblem } from './undo-problem.tsx';
import { useUndoRun } from './use-undo-run.ts';

interface UndoDialogProps {
  run: SyncRun;
  onClose: () => void;
}

/** States what an undo does to people; above the guard's limits the number of removals must be typed. */
export function UndoDialog({ run, onClose }: UndoDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const [typed, setTyped] = useState('');
  const query = useQuery({
    queryKey: ['sync-runs', 'undo-effect', run.id],
    queryFn: ({ signal }) => getUndoEffect({ params: { id: run.id } }, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const undo = useUndoRun(run, onClose);
  const effect = query.data;
  const total = effect === undefined ? 0 : countRemovals(effect);
  const { isPending: isAsking } = useQuery(pendingRunQuery);
  const isSure = effect !== undefined && !isAsking && (!effect.mustConfirm || isTypedCount(typed, total));
  const start = () => undo.mutate(effect?.mustConfirm === true ? { confirmedRemovals: total } : {});
  return (
    <Modal
      open
      title={t('history.undo.title')}
      onCancel={onClose}
      onOk={start}
      okText={t('history.undo.confirm')}
      okButtonProps={{ danger: total > 0, disabled: !isSure }}
      confirmLoading={undo.isPending}
    >
      {query.error === null && <PendingPlan replacedBy="change" onLeave={onClose} />}
      {undo.error !== null && <UndoProblem error={undo.error} />}
      {query.error !== null ? (
        <UndoProblem error={query.error} />
      ) : (
        <QueryContent query={query} skeleton={<SkeletonRows />}>
          {(loaded) => (
            <>
              <UndoEffect effect={loaded} />
              {loaded.mustConfirm && (
                <ConfirmCount count={total} value={typed} onChange={setTyped} onEnter={start} />
              )}
            </>
          )}
        </QueryContent>
      )}
    </Modal>
  );
}

const countRemovals = ({ removals }: Effect): number => removals.departments + removals.members;

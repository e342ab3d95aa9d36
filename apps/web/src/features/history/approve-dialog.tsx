import type { SyncRun } from '@orgmirror/contracts';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countHeld, describeHeld } from '../../entities/runs/run-states.ts';
import { RunSummary } from '../../entities/runs/run-summary.tsx';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { ConfirmCount, isTypedCount } from './confirm-count.tsx';

interface ApproveDialogProps {
  run: SyncRun;
  onApprove: () => void;
  onClose: () => void;
}

/** States the effect in numbers; for removals the number must be typed, against approval by accident. */
export function ApproveDialog({ run, onApprove, onClose }: ApproveDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const [typed, setTyped] = useState('');
  const heldCount = countHeld(run);
  const isPreview = run.mode === 'preview';
  const isSure = heldCount === 0 || isTypedCount(typed, heldCount);
  return (
    <Modal
      open
      title={t(isPreview ? 'history.preview.applyTitle' : 'history.held.approveTitle')}
      onCancel={onClose}
      onOk={onApprove}
      okText={t(isPreview ? 'history.preview.apply' : 'history.held.approveConfirm')}
      okButtonProps={{ danger: heldCount > 0, disabled: !isSure }}
    >
      {isPreview && (
        <p>
          <RunSummary run={run} />
        </p>
      )}
      {heldCount > 0 && (
        <>
          <p>{t(`history.held.effect.${describeHeld(run)}`, run.held)}</p>
          <ConfirmCount count={heldCount} value={typed} onChange={setTyped} onEnter={onApprove} />
        </>
      )}
    </Modal>
  );
}

import type { SyncRun } from '@orgmirror/contracts';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { PendingPlan } from './pending-plan.tsx';
import { useStartSync } from './use-start-sync.ts';
import { useUnlessPlanWaits } from './use-unless-plan-waits.ts';

interface FailedRunActionsProps {
  run: SyncRun;
  /** Only an admin may start a sync. */
  isAdmin: boolean;
  /** Gets the run that is then to be seen. */
  onStarted?: (run: SyncRun) => void;
}

/** For a run that failed: where its error is explained, and the sync or preview once more. */
export function FailedRunActions({ run, isAdmin, onStarted }: FailedRunActionsProps) {
  const { t, i18n } = useTranslation();
  const place = run.error?.wecom?.errcode ?? run.error?.code ?? '';
  return (
    <>
      <a
        href={`/guide/errors?lang=${i18n.language === 'zh-CN' ? 'zh' : 'en'}#${place}`}
        target="_blank"
        rel="noreferrer"
      >
        {t('sync.failure.help')}
      </a>
      {isAdmin && run.mode !== 'undo' && <RetryButton mode={run.mode} onStarted={onStarted} />}
    </>
  );
}

interface RetryButtonProps {
  mode: 'apply' | 'preview';
  onStarted: FailedRunActionsProps['onStarted'];
}

function RetryButton({ mode, onStarted }: RetryButtonProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const start = useStartSync(onStarted);
  const retry = () => {
    setAsking(false);
    start.mutate(mode);
  };
  const retryUnlessPlanWaits = useUnlessPlanWaits({
    isEnabled: true,
    start: retry,
    ask: () => setAsking(true),
  });
  return (
    <>
      <Button size="small" onClick={retryUnlessPlanWaits} loading={start.isPending}>
        {t('sync.failure.retry')}
      </Button>
      {isAsking && <ReplaceQuestion onConfirm={retry} onClose={() => setAsking(false)} />}
    </>
  );
}

function ReplaceQuestion({ onConfirm, onClose }: { onConfirm: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Modal
      open
      title={t('sync.failure.retryTitle')}
      okText={t('sync.failure.retry')}
      onOk={onConfirm}
      onCancel={onClose}
      width={480}
    >
      <PendingPlan replacedBy="plan" onLeave={onClose} />
    </Modal>
  );
}

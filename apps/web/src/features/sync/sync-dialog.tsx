import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { Notice } from '../../components/notice.tsx';
import { pendingRunQuery } from '../../entities/runs/run-queries.ts';
import { RunSummary } from '../../entities/runs/run-summary.tsx';

const modes = ['apply', 'preview'] as const;

interface SyncDialogProps {
  isOpen: boolean;
  isStarting: boolean;
  onStart: (mode: (typeof modes)[number]) => void;
  onClose: () => void;
}

/** 企业微信同步: at once, or a preview first. */
export function SyncDialog({ isOpen, isStarting, onStart, onClose }: SyncDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal open={isOpen} title={t('sync.choose.title')} onCancel={onClose} footer={null} width={480}>
      <p className="om-guard-intro">{t('sync.choose.intro')}</p>
      <PendingPlan onLeave={onClose} />
      <div className="om-sync-modes">
        {modes.map((mode) => (
          <div key={mode} className="om-sync-mode">
            <div>
              <b>{t(`sync.choose.${mode}`)}</b>
              <p className="om-small-print">{t(`sync.choose.${mode}Help`)}</p>
            </div>
            <Button
              type={mode === 'apply' ? 'primary' : 'default'}
              disabled={isStarting}
              onClick={() => onStart(mode)}
            >
              {t(`sync.choose.${mode}`)}
            </Button>
          </div>
        ))}
      </div>
    </Modal>
  );
}

/** A plan that waits for approval, which the next sync or preview replaces. */
function PendingPlan({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const { data: pending } = useQuery(pendingRunQuery);
  if (!pending) return null;
  const kind = pending.mode === 'preview' ? 'preview' : 'held';
  return (
    <Notice
      tone="warning"
      title={t(`sync.choose.pending.${kind}`)}
      actions={
        <Link to={`/system/sync-runs/${pending.id}`} onClick={onLeave}>
          {t('sync.result.openRun')}
        </Link>
      }
    >
      <p>{t('sync.choose.pending.replaced')}</p>
      <RunSummary run={pending} />
    </Notice>
  );
}

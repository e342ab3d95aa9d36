import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { PendingPlan } from '../../entities/runs/pending-plan.tsx';

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
      <PendingPlan replacedBy="plan" onLeave={onClose} />
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

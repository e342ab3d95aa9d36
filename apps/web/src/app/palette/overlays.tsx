import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { useStartSync } from '../../entities/runs/use-start-sync.ts';
import { SyncDialog } from '../../features/sync/sync-dialog.tsx';
import { CommandPalette } from './command-palette.tsx';
import type { Overlay } from './overlay.ts';
import { ShortcutList } from './shortcut-list.tsx';
import './palette.css';

interface OverlaysProps {
  overlay: Overlay | null;
  onOverlay: (overlay: Overlay | null) => void;
}

/** The command palette, the list of shortcuts and the sync dialog. */
export function Overlays({ overlay, onOverlay }: OverlaysProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const start = useStartSync(({ id }) => void navigate(`/system/sync-runs/${id}`));
  const close = () => onOverlay(null);
  const startSync = (mode: 'apply' | 'preview') => start.mutate(mode, { onSettled: close });
  return (
    <>
      <Modal
        open={overlay === 'palette'}
        onCancel={close}
        title={<span className="om-visually-hidden">{t('palette.title')}</span>}
        closable={false}
        footer={null}
        width={640}
        className="om-palette"
        destroyOnHidden
      >
        <CommandPalette onOverlay={onOverlay} onPreview={() => startSync('preview')} />
      </Modal>
      <Modal
        open={overlay === 'shortcuts'}
        onCancel={close}
        title={t('palette.shortcuts.title')}
        footer={null}
        width={520}
      >
        <ShortcutList />
      </Modal>
      <SyncDialog
        isOpen={overlay === 'sync'}
        isStarting={start.isPending}
        onStart={startSync}
        onClose={close}
      />
    </>
  );
}

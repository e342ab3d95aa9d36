import { EllipsisOutlined } from '@ant-design/icons';
import type { SyncRun } from '@orgmirror/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '../../components/menu-button.tsx';
import { hasChanges } from '../../entities/runs/run-states.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { findAppliedCounts } from './applied-counts.ts';
import { UndoDialog } from './undo-dialog.tsx';

/** What can be done with a run that is over and is seldom wanted: its undo. */
export function RunMenu({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const [isUndoOpen, setUndoOpen] = useState(false);
  if (!isAdmin || !canBeUndone(run)) return null;
  return (
    <>
      <MenuButton
        icon={<EllipsisOutlined />}
        aria-label={t('history.detail.more')}
        menu={{ items: [{ key: 'undo', label: t('history.undo.button'), onClick: () => setUndoOpen(true) }] }}
      />
      {isUndoOpen && <UndoDialog run={run} onClose={() => setUndoOpen(false)} />}
    </>
  );
}

/** Whether something of the run was applied and not undone yet. */
function canBeUndone(run: SyncRun): boolean {
  const counts = findAppliedCounts(run);
  return run.undoneBy === null && counts !== null && hasChanges({ counts });
}

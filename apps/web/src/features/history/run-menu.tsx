import { EllipsisOutlined } from '@ant-design/icons';
import type { SyncRun } from '@orgmirror/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '../../components/menu-button.tsx';
import { hasChanges } from '../../entities/runs/run-states.ts';
import { countSubjects } from '../../entities/runs/subject-sections.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { findAppliedCounts } from './applied-counts.ts';
import { UndoDialog } from './undo-dialog.tsx';
import { useExportChanges } from './use-export-changes.ts';

/** What is seldom wanted of a run that is over: its changes as a file, and its undo. */
export function RunMenu({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const exportChanges = useExportChanges();
  const [isUndoOpen, setUndoOpen] = useState(false);
  const items = [
    ...(countSubjects(run) > 0
      ? [{ key: 'export', label: t('history.changes.export'), onClick: () => void exportChanges(run.id) }]
      : []),
    ...(isAdmin && canBeUndone(run)
      ? [{ key: 'undo', label: t('history.undo.button'), onClick: () => setUndoOpen(true) }]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <MenuButton icon={<EllipsisOutlined />} aria-label={t('history.detail.more')} menu={{ items }} />
      {isUndoOpen && <UndoDialog run={run} onClose={() => setUndoOpen(false)} />}
    </>
  );
}

/** Whether something of the run was applied and not undone yet. */
function canBeUndone(run: SyncRun): boolean {
  const counts = findAppliedCounts(run);
  return run.undoneBy === null && counts !== null && hasChanges({ counts });
}

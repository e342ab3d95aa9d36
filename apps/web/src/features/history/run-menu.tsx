import { EllipsisOutlined } from '@ant-design/icons';
import type { SyncRun } from '@orgmirror/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { MenuButton } from '../../components/menu-button.tsx';
import { useExportItems } from '../../entities/exports/use-export-items.ts';
import { hasChanges } from '../../entities/runs/run-states.ts';
import { countSubjects } from '../../entities/runs/subject-sections.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { findAppliedCounts } from './applied-counts.ts';
import { readRunParams } from './run-params.ts';
import { UndoDialog } from './undo-dialog.tsx';

/** What is seldom wanted of a run that is over: its changes as a file, and its undo. */
export function RunMenu({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const listExports = useExportItems();
  const { q } = readRunParams(useSearchParams()[0]);
  const [isUndoOpen, setUndoOpen] = useState(false);
  const items = [
    ...(countSubjects(run) > 0
      ? listExports((format) => ({
          list: 'run-changes',
          format,
          runId: run.id,
          ...(q !== '' && { filter: { q } }),
        }))
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

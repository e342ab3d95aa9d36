import type { Problem, SyncRun } from '@orgmirror/contracts';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { hasChanges } from '../../entities/runs/run-states.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { ProblemError } from '../../lib/http/problem-error.ts';
import { findAppliedCounts } from './applied-counts.ts';
import { UndoEffect } from './undo-effect.tsx';
import type { useUndoRun } from './use-undo-run.ts';

type UndoRun = ReturnType<typeof useUndoRun>;

interface UndoButtonProps {
  run: SyncRun;
  undo: UndoRun;
}

/** 撤销, for a run that changed something and was not undone yet; asks with the effect in numbers. */
export function UndoButton({ run, undo }: UndoButtonProps) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const isAdmin = useIsAdmin();
  const counts = findAppliedCounts(run);
  if (!isAdmin || run.undoneBy !== null || counts === null || !hasChanges({ counts })) return null;
  const confirmUndo = () =>
    modal.confirm({
      title: t('history.undo.title'),
      content: (
        <>
          <p>{t('history.undo.intro')}</p>
          <UndoEffect counts={counts} />
          <p className="om-quiet">{t('history.undo.again')}</p>
        </>
      ),
      okText: t('history.undo.confirm'),
      okButtonProps: { danger: true },
      onOk: () => undo.mutate(),
    });
  return (
    <Button onClick={confirmUndo} loading={undo.isPending}>
      {t('history.undo.button')}
    </Button>
  );
}

/** Why an undo was refused; for a conflict the rows that later runs changed, with links to those runs. */
export function UndoProblem({ undo: { error } }: { undo: UndoRun }) {
  if (!error) return null;
  const conflicts = error instanceof ProblemError ? error.problem?.conflicts : undefined;
  return <ProblemNotice error={error} note={conflicts && <Conflicts conflicts={conflicts} />} />;
}

const maxConflicts = 20;
const entities = ['department', 'member', 'membership'] as const;

function Conflicts({ conflicts }: { conflicts: NonNullable<Problem['conflicts']> }) {
  const { t } = useTranslation();
  const name = (entity: string) => {
    const known = entities.find((candidate) => candidate === entity);
    return known ? t(`history.entity.${known}`) : entity;
  };
  return (
    <>
      <p>{t('history.undo.conflicts')}</p>
      <ul className="om-conflicts">
        {conflicts.slice(0, maxConflicts).map((conflict) => (
          <li key={`${conflict.entity}/${conflict.key}`}>
            {name(conflict.entity)} {conflict.name} <code>{conflict.key}</code>{' '}
            <Link to={`/system/sync-runs/${conflict.runId}`}>{t('history.undo.conflictRun')}</Link>
          </li>
        ))}
      </ul>
      {conflicts.length > maxConflicts && (
        <p>{t('history.undo.conflictsMore', { count: conflicts.length - maxConflicts })}</p>
      )}
    </>
  );
}

import type { Problem } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ProblemError } from '../../lib/http/problem-error.ts';

/** Why an undo was refused; for a conflict the rows that later runs changed, with links to those runs. */
export function UndoProblem({ error }: { error: Error }) {
  const conflicts = error instanceof ProblemError ? error.problem?.conflicts : undefined;
  return <ProblemNotice error={error} note={conflicts && <Conflicts conflicts={conflicts} />} />;
}

const maxConflicts = 20;
const entities = ['department', 'member', 'membership'] as const;

function Conflicts({ conflicts }: { conflicts: NonNullable<Problem['conflicts']> }) {
  const { t } = useTranslation();
  const name = (entity: string) => {
    const known = entities.find((candidate) => candidate === entity);
    return known ? t(`changes.entity.${known}`) : entity;
  };
  return (
    <>
      <p>{t('history.undo.conflicts')}</p>
      <ul className="om-conflicts">
        {conflicts.slice(0, maxConflicts).map((conflict) => (
          <li key={`${conflict.entity}/${conflict.key}`}>
            {name(conflict.entity)} {conflict.name} <code>{conflict.wecomUserId ?? conflict.key}</code>{' '}
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

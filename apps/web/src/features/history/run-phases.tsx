import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { isActiveRun } from '../../entities/runs/run-states.ts';

type Phase = 'reading' | 'planning' | 'awaitingApproval' | 'applying' | 'done';
type PhaseState = 'done' | 'current' | 'stopped' | 'open';

/**
 * The phases of a run from left to right. A sync applies what needs no approval and waits with the rest; a
 * preview waits with everything.
 */
export function RunPhases({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const phases = listPhases(run);
  const reached = findReached(run);
  return (
    <ol className="om-phases" aria-label={t('history.detail.phases')}>
      {phases.map((phase) => {
        const state = getState(phases.indexOf(phase) - phases.indexOf(reached), run);
        return (
          <li
            key={phase}
            className={`om-phase om-phase-${state}`}
            {...(state === 'current' && { 'aria-current': 'step' as const })}
          >
            <span className="om-phase-dot" aria-hidden="true" />
            {t(`history.phase.${namePhase(phase, run)}`)}
          </li>
        );
      })}
    </ol>
  );
}

const isDecided = (run: SyncRun): boolean => run.status === 'awaitingApproval' || run.waitingSince !== null;

function listPhases(run: SyncRun): Phase[] {
  if (run.mode === 'undo') return ['planning', 'applying', 'done'];
  if (!isDecided(run)) return ['reading', 'planning', 'applying', 'done'];
  if (run.mode === 'preview') return ['reading', 'planning', 'awaitingApproval', 'applying', 'done'];
  return ['reading', 'planning', 'applying', 'awaitingApproval', 'done'];
}

/** While removals wait, or once they were refused, only the other changes are applied. */
const namePhase = (phase: Phase, run: SyncRun): Phase | 'applyingRest' =>
  phase === 'applying' && run.mode === 'apply' && isDecided(run) ? 'applyingRest' : phase;

/** The current or last phase of the run, derived from its fields. */
function findReached(run: SyncRun): Phase {
  switch (run.status) {
    case 'queued':
      return run.mode === 'undo' ? 'planning' : 'reading';
    case 'reading':
    case 'planning':
    case 'awaitingApproval':
      return run.status;
    case 'applying':
      return run.mode === 'apply' && isDecided(run) ? 'done' : 'applying';
    case 'succeeded':
      return 'done';
    case 'rejected':
      return 'awaitingApproval';
    case 'failed':
    case 'cancelled':
      if (isDecided(run)) return 'awaitingApproval';
      if (run.planFingerprint !== null) return 'applying';
      return run.manifest === null && run.mode !== 'undo' ? 'reading' : 'planning';
  }
}

function getState(distance: number, run: SyncRun): PhaseState {
  if (distance < 0) return 'done';
  if (distance > 0) return 'open';
  if (run.status === 'succeeded') return 'done';
  return isActiveRun(run) || run.status === 'awaitingApproval' ? 'current' : 'stopped';
}

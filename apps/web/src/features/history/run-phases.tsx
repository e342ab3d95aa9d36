import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { isActiveRun } from '../../entities/runs/run-states.ts';

const phases = ['reading', 'planning', 'awaitingApproval', 'applying', 'done'] as const;
type Phase = (typeof phases)[number];
type PhaseState = 'done' | 'current' | 'stopped' | 'open';

/** The phases of a run from left to right; approval only if there was something to approve. */
export function RunPhases({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const needsApproval =
    run.status === 'awaitingApproval' || run.status === 'rejected' || run.heldReasons.length > 0;
  const shown = phases.filter((phase) => phase !== 'awaitingApproval' || needsApproval);
  const reached = findReached(run);
  return (
    <ol className="om-phases" aria-label={t('history.detail.phases')}>
      {shown.map((phase) => {
        const state = getState(phase, reached, run);
        return (
          <li
            key={phase}
            className={`om-phase om-phase-${state}`}
            {...(state === 'current' && { 'aria-current': 'step' as const })}
          >
            <span className="om-phase-dot" aria-hidden="true" />
            {t(`history.phase.${phase}`)}
          </li>
        );
      })}
    </ol>
  );
}

/** The current or last phase of the run, derived from its fields. */
function findReached(run: SyncRun): Phase {
  switch (run.status) {
    case 'queued':
    case 'reading':
      return 'reading';
    case 'planning':
    case 'applying':
    case 'awaitingApproval':
      return run.status;
    case 'succeeded':
      return 'done';
    case 'rejected':
      return 'awaitingApproval';
    case 'failed':
    case 'cancelled':
      if (run.planFingerprint !== null) return 'applying';
      return run.manifest === null ? 'reading' : 'planning';
  }
}

function getState(phase: Phase, reached: Phase, run: SyncRun): PhaseState {
  const distance = phases.indexOf(phase) - phases.indexOf(reached);
  if (distance < 0) return 'done';
  if (distance > 0) return 'open';
  if (run.status === 'succeeded') return 'done';
  return isActiveRun(run) || run.status === 'awaitingApproval' ? 'current' : 'stopped';
}

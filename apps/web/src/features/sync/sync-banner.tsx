import type { SyncRun } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { usePreference } from '../../config/preference.ts';
import { dismissedRunPreference } from '../../config/preferences.ts';
import { CancelRunButton } from '../../entities/runs/cancel-run-button.tsx';
import { RunProgress } from '../../entities/runs/run-progress.tsx';
import { latestRunQuery, pendingRunQuery } from '../../entities/runs/run-queries.ts';
import { isActiveRun, isReadPartly } from '../../entities/runs/run-states.ts';
import { useLiveRun } from '../../entities/runs/use-live-run.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { RunResult } from './run-result.tsx';
import './sync.css';

/**
 * The sync banner: the active run live, then its result, and a pending approval. Renders nothing otherwise.
 */
export function SyncBanner() {
  const { data: latest } = useQuery(latestRunQuery);
  const { data: waiting } = useQuery(pendingRunQuery);
  return (
    <>
      {latest && <RunBanner key={latest.id} latest={latest} />}
      {waiting && waiting.id !== latest?.id && <RunResult run={waiting} />}
    </>
  );
}

function RunBanner({ latest }: { latest: SyncRun }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const run = useLiveRun(latest.id).data ?? latest;
  const dismissedId = usePreference(dismissedRunPreference);
  const [wasSeenRunning, setSeenRunning] = useState(false);
  const isActive = isActiveRun(run);
  useEffect(() => {
    if (isActive) setSeenRunning(true);
  }, [isActive]);

  if (isActive)
    return (
      <section className="om-sync-banner" aria-label={t('sync.choose.title')}>
        <RunProgress run={run} />
        <span className="om-pager-gap" />
        <Link to={`/system/sync-runs/${run.id}`}>{t('sync.result.openRun')}</Link>
        {isAdmin && <CancelRunButton runId={run.id} />}
      </section>
    );
  const needsAttention = run.status === 'failed' || run.status === 'awaitingApproval' || isReadPartly(run);
  if (run.id === dismissedId || !(wasSeenRunning || needsAttention)) return null;
  return <RunResult run={run} onDismiss={() => dismissedRunPreference.set(run.id)} />;
}

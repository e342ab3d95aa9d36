import { ExclamationCircleFilled, LoadingOutlined, PauseCircleFilled } from '@ant-design/icons';
import type { SyncState } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import {
  latestRunQuery,
  pendingRunQuery,
  pollLatestRun,
  syncStateQuery,
} from '../entities/runs/run-queries.ts';
import { isActiveRun } from '../entities/runs/run-states.ts';
import { useRefreshAfterRun } from '../entities/runs/use-refresh-after-run.ts';
import { useExpectsEvents } from '../entities/settings/use-expects-events.ts';
import { formatMoment } from '../lib/format.ts';

/** Shown on every page: a sync is running, removals await approval, or the schedule needs a person. */
export function RunIndicator() {
  const { t } = useTranslation();
  const refetchInterval = pollLatestRun(useExpectsEvents());
  const { data: latest } = useQuery({ ...latestRunQuery, refetchInterval });
  useRefreshAfterRun(latest);
  const { data: waiting } = useQuery(pendingRunQuery);
  const run = latest && isActiveRun(latest) ? latest : waiting;
  const { data: state } = useQuery(syncStateQuery);
  if (!run) return state?.needsPerson ? <ScheduleNeed need={state.needsPerson} /> : null;
  const path = `/system/sync-runs/${run.id}`;
  if (run === waiting)
    return (
      <Link className="om-run-indicator om-run-held" to={path}>
        <PauseCircleFilled aria-hidden="true" /> <span>{t('shell.run.held')}</span>
      </Link>
    );
  const { departmentsRead: read, departmentsTotal: total } = run.progress;
  return (
    <Link className="om-run-indicator" to={path}>
      <LoadingOutlined aria-hidden="true" />{' '}
      <span>{read > 0 ? t('shell.run.progress', { read, total }) : t('shell.run.active')}</span>
    </Link>
  );
}

function ScheduleNeed({ need: { kind, runId, at } }: { need: NonNullable<SyncState['needsPerson']> }) {
  const { t } = useTranslation();
  return (
    <Link
      className="om-run-indicator om-run-failed"
      to={`/system/sync-runs/${runId}`}
      title={t(`shell.run.${kind}Since`, { when: formatMoment(at) })}
    >
      <ExclamationCircleFilled aria-hidden="true" /> <span>{t(`shell.run.${kind}`)}</span>
    </Link>
  );
}

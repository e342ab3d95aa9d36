import { LoadingOutlined, PauseCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { latestRunQuery, pendingRunQuery } from '../entities/runs/run-queries.ts';
import { isActiveRun } from '../entities/runs/run-states.ts';
import { useRefreshAfterRun } from '../entities/runs/use-refresh-after-run.ts';

/** Shown on every page: a sync is running, or removals await approval. */
export function RunIndicator() {
  const { t } = useTranslation();
  const { data: latest } = useQuery(latestRunQuery);
  useRefreshAfterRun(latest);
  const { data: waiting } = useQuery(pendingRunQuery);
  const run = latest && isActiveRun(latest) ? latest : waiting;
  if (!run) return null;
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
      <span>{total > 0 ? t('shell.run.progress', { read, total }) : t('shell.run.active')}</span>
    </Link>
  );
}

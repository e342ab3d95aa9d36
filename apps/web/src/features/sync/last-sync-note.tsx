import type { SyncState } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { RelativeTime } from '../../components/relative-time.tsx';
import { syncStateQuery } from '../../entities/runs/run-queries.ts';
import { formatExact, formatSoon } from '../../lib/format.ts';

/** How fresh the directory is: the last full sync, whether it still holds, and the next one. */
export function LastSyncNote() {
  const { t } = useTranslation();
  const { data: state } = useQuery(syncStateQuery);
  if (state === undefined) return null;
  const { lastFullSync, nextSyncAt } = state;
  return (
    <span className="om-sync-note">
      {lastFullSync === null ? (
        <span>{t('org.neverSynced')}</span>
      ) : (
        <>
          <Link className="om-sync-last" to={`/system/sync-runs/${lastFullSync.runId}`}>
            {t('org.lastSync', { when: '' })}
            <RelativeTime instant={lastFullSync.at} />
          </Link>
          <SyncDifferences differences={state.differences} />
        </>
      )}
      {nextSyncAt !== null && (
        <span title={formatExact(nextSyncAt)}>{t('org.nextSync', { when: formatSoon(nextSyncAt) })}</span>
      )}
    </span>
  );
}

/** Whether the directory is what WeCom had then; the newest reason why not leads to its run. */
function SyncDifferences({ differences }: Pick<SyncState, 'differences'>) {
  const { t } = useTranslation();
  const [newest] = differences;
  if (newest === undefined)
    return (
      <span className="om-tag om-tag-success" title={t('sync.state.equalHint')}>
        {t('sync.state.equal')}
      </span>
    );
  const reasons = [...new Set(differences.map(({ kind }) => t(`sync.state.${kind}`)))];
  return (
    <Link
      className="om-tag om-tag-warning"
      to={`/system/sync-runs/${newest.runId}`}
      title={[t('sync.state.differs'), ...reasons].join('\n')}
    >
      {reasons.join(t('common.listSeparator'))}
    </Link>
  );
}

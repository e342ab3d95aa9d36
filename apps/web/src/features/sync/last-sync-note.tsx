import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { RelativeTime } from '../../components/relative-time.tsx';
import { latestRunQuery } from '../../entities/runs/run-queries.ts';
import { isReadPartly } from '../../entities/runs/run-states.ts';

/** When the newest run succeeded and whether it was complete. The banner shows failed and pending runs. */
export function LastSyncNote() {
  const { t } = useTranslation();
  const { data: latest } = useQuery(latestRunQuery);
  if (latest === undefined) return null;
  if (latest === null) return <>{t('org.neverSynced')}</>;
  if (latest.finishedAt === null || latest.status !== 'succeeded') return null;
  return (
    <>
      {t('org.lastSync', { when: '' })}
      <RelativeTime instant={latest.finishedAt} />
      {isReadPartly(latest) && (
        <>
          {' '}
          <Link className="om-tag om-tag-warning" to={`/system/sync-runs/${latest.id}`}>
            {t('sync.partial.note')}
          </Link>
        </>
      )}
    </>
  );
}

import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { Fact } from '../../components/fact.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatDuration } from '../../lib/format.ts';
import { measureWaiting, RunDuration } from './run-duration.tsx';

/** How a run went: its time of work and of waiting, what it read and how, and its id. */
export function RunFacts({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const waitedMs = measureWaiting(run);
  return (
    <dl className="om-run-facts">
      <Fact name={t('history.detail.startedAt')}>
        <RelativeTime instant={run.startedAt} />
      </Fact>
      <Fact name={t('history.detail.duration')}>
        <RunDuration run={run} />
      </Fact>
      {waitedMs !== null && <Fact name={t('history.detail.waited')}>{formatDuration(waitedMs)}</Fact>}
      {run.mode !== 'undo' && <Fact name={t('history.detail.scope')}>{t(`history.scope.${run.scope}`)}</Fact>}
      {run.source !== null && (
        <Fact name={t('history.detail.source')}>{t(`history.source.${run.source}`)}</Fact>
      )}
      {run.trigger === 'callback' && (
        <Fact name={t('history.detail.events')}>
          <Link to="/system/events">{t('history.detail.toEvents')}</Link>
        </Fact>
      )}
      <Fact name={t('history.detail.runId')}>
        <CopyableCode text={run.id} label={t('history.detail.copyId')} />
      </Fact>
    </dl>
  );
}

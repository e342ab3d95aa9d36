import { LoadingOutlined } from '@ant-design/icons';
import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatRate } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { useProgressRate } from './use-progress-rate.ts';

const isPhase = (status: SyncRun['status']): status is 'queued' | 'reading' | 'planning' | 'applying' =>
  ['queued', 'reading', 'planning', 'applying'].includes(status);

/** Phase, departments, members, API calls, rate and elapsed time of an active run. */
export function RunProgress({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const now = useNow(true);
  const rate = useProgressRate(run, now);
  const { departmentsTotal: total, departmentsRead: read, membersRead, apiCalls, work } = run.progress;
  const isReading = run.status === 'reading';
  const isUndo = run.mode === 'undo'; // it reads nothing
  const isCounted = read > 0; // an export brings members long before it is known which departments are whole
  return (
    <div className="om-progress">
      <span className="om-progress-phase" role="status">
        <LoadingOutlined aria-hidden="true" /> {isPhase(run.status) && t(`sync.phase.${run.status}`)}
      </span>
      {work && (
        <WorkProgress
          kind={run.status === 'applying' ? 'applying' : isUndo ? 'undoing' : 'planning'}
          {...work}
        />
      )}
      {isReading && isCounted && (
        <progress max={total} value={read} aria-label={t('sync.departmentsRead', { read, total })} />
      )}
      {isCounted && <span>{t('sync.departmentsRead', { read, total })}</span>}
      {!isUndo && <span>{t('sync.membersRead', { count: membersRead })}</span>}
      {!isUndo && <span>{t('sync.apiCalls', { count: apiCalls })}</span>}
      {isReading && rate && (isCounted || membersRead > 0) && (
        <span>
          {t(isCounted ? 'sync.rate' : 'sync.membersRate', {
            members: formatRate(rate.membersPerSecond),
            departments: formatRate(rate.departmentsPerSecond),
          })}
        </span>
      )}
      {isReading && rate !== null && rate.msLeft !== null && isCounted && (
        <span>{t('sync.timeLeft', { duration: formatDuration(rate.msLeft) })}</span>
      )}
      <span className="om-quiet">
        {t('sync.elapsed', { duration: formatDuration(now - Date.parse(run.startedAt)) })}
      </span>
    </div>
  );
}

interface WorkProgressProps {
  kind: 'planning' | 'undoing' | 'applying';
  done: number;
  total: number;
}

/** How much is compared, planned to be taken back, or applied. */
function WorkProgress({ kind, done, total }: WorkProgressProps) {
  const { t } = useTranslation();
  const text = t(`sync.work.${kind}`, { done, total });
  return (
    <>
      <progress max={total} value={done} aria-label={text} />
      <span>{text}</span>
    </>
  );
}

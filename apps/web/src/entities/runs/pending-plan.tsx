import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { Notice } from '../../components/notice.tsx';
import { pendingRunQuery } from './run-queries.ts';
import { RunSummary } from './run-summary.tsx';

interface PendingPlanProps {
  /** What makes it void: another plan, or a change of the directory or of the settings that it was made from. */
  replacedBy: 'plan' | 'change' | 'settings';
  onLeave?: (() => void) | undefined;
}

/** A plan that waits for approval and becomes void by what is asked for here; nothing while none waits. */
export function PendingPlan({ replacedBy, onLeave }: PendingPlanProps) {
  const { t } = useTranslation();
  const { data: pending, isError } = useQuery({ ...pendingRunQuery, staleTime: 0 });
  if (pending === undefined && isError)
    return (
      <Notice tone="warning" title={t('sync.pending.unknown')}>
        <p>{t('sync.pending.unknownDetail')}</p>
      </Notice>
    );
  if (!pending) return null;
  return (
    <Notice
      tone="warning"
      title={t(`sync.pending.${pending.mode === 'preview' ? 'preview' : 'held'}`)}
      actions={
        <Link to={`/system/sync-runs/${pending.id}`} onClick={onLeave}>
          {t('sync.result.openRun')}
        </Link>
      }
    >
      <p>{t(`sync.pending.replacedBy.${replacedBy}`)}</p>
      <RunSummary run={pending} />
    </Notice>
  );
}

import { CheckOutlined, CloseOutlined, RollbackOutlined } from '@ant-design/icons';
import type { SyncRun } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { RunStatusTag } from '../../entities/runs/run-status-tag.tsx';
import { formatMoment } from '../../lib/format.ts';

/** What kind of run it is, in a word: "手动同步", "定时同步", "预览", "撤销". */
export const nameRun = ({ mode, trigger }: Pick<SyncRun, 'mode' | 'trigger'>, t: TFunction): string =>
  t(`history.what.${mode === 'apply' ? trigger : mode}`);

/** "11月26日 20:46 · 手动同步 · admin". */
export const titleRun = (run: SyncRun, t: TFunction): string =>
  [formatMoment(run.startedAt), nameRun(run, t), run.startedBy].filter((part) => part !== null).join(' · ');

/** Status, who decided, and what was undone. */
export function RunBadges({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const { decidedBy, undoneBy, undoOf } = run;
  const isRejected = run.status === 'rejected';
  return (
    <span className="om-run-badges">
      <RunStatusTag run={run} />
      {decidedBy !== null && (
        <span className="om-tag">
          {isRejected ? <CloseOutlined aria-hidden="true" /> : <CheckOutlined aria-hidden="true" />}{' '}
          {t(isRejected ? 'history.badge.rejectedBy' : 'history.badge.approvedBy', { name: decidedBy })}
        </span>
      )}
      {undoneBy !== null && (
        <Link className="om-tag om-tag-warning" to={`/system/sync-runs/${undoneBy}`}>
          <RollbackOutlined aria-hidden="true" /> {t('history.badge.undone')}
        </Link>
      )}
      {undoOf !== null && (
        <Link className="om-tag" to={`/system/sync-runs/${undoOf}`}>
          <RollbackOutlined aria-hidden="true" /> {t('history.badge.undoOf')}
        </Link>
      )}
    </span>
  );
}

import type { MemberDetail } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { RelativeTime } from '../../components/relative-time.tsx';
import { FieldChanges } from '../../entities/changes/field-changes.tsx';
import { useSeesConsole } from '../../entities/session/session.ts';

/** The changes that syncs made to the member, before → after, newest first. */
export function MemberHistory({ history, historyNames }: Pick<MemberDetail, 'history' | 'historyNames'>) {
  const { t } = useTranslation();
  const seesConsole = useSeesConsole();
  if (history.length === 0) return <p className="om-quiet">{t('org.member.noHistory')}</p>;
  return (
    <ol className="om-history">
      {history.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one run can have several items; never reordered
        <li key={`${item.runId}-${index}`}>
          <div className="om-history-head">
            <b>
              {t(`changes.kind.${item.kind}`)}
              {item.entity === 'membership' && ` · ${t('changes.entity.membership')} ${item.name}`}
            </b>
            <span className="om-small-print">
              <RelativeTime instant={item.at} />
              {seesConsole && (
                <>
                  {' · '}
                  <Link to={`/system/sync-runs/${item.runId}`}>{t('org.member.openRun')}</Link>
                </>
              )}
            </span>
          </div>
          <FieldChanges entity={item.entity} before={item.before} after={item.after} names={historyNames} />
        </li>
      ))}
    </ol>
  );
}

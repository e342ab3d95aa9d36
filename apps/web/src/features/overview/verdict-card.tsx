import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  InfoCircleFilled,
} from '@ant-design/icons';
import type { Concern, Overview } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { Fact } from '../../components/fact.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatExact, formatMoment } from '../../lib/format.ts';
import { findRemedyPath } from './find-remedy-path.ts';

const icons = {
  success: CheckCircleFilled,
  error: CloseCircleFilled,
  warning: ExclamationCircleFilled,
  info: InfoCircleFilled,
} as const;
type Tone = keyof typeof icons;

/** Whether all is well in one line, what is not, and how fresh the directory is. */
export function VerdictCard({ overview: { verdict, concerns, sync } }: { overview: Overview }) {
  const { t } = useTranslation();
  const urgent = concerns.filter(({ severity }) => severity !== 'info');
  const tone = getTone(verdict, urgent);
  const Icon = icons[tone];
  return (
    <section className="om-card" aria-labelledby="om-verdict">
      <div className="om-verdict-head">
        <Icon className={`om-tone-${tone}`} aria-hidden="true" />
        <div>
          <h2 id="om-verdict">{t(`overview.verdict.${verdict}`, { count: urgent.length })}</h2>
          <p>{t(`overview.verdictDetail.${verdict}`)}</p>
        </div>
      </div>
      {concerns.length > 0 && (
        <ul className="om-concerns">
          {concerns.map((concern) => (
            <ConcernRow key={`${concern.code} ${concern.runId}`} concern={concern} />
          ))}
        </ul>
      )}
      {verdict !== 'notSetUp' && <SyncFacts sync={sync} />}
    </section>
  );
}

function getTone(verdict: Overview['verdict'], urgent: readonly Concern[]): Tone {
  if (verdict === 'healthy') return 'success';
  if (verdict === 'notSetUp') return 'info';
  return urgent.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
}

function ConcernRow({ concern }: { concern: Concern }) {
  const { t } = useTranslation();
  const { code, severity, detail, count, at } = concern;
  const Icon = icons[severity];
  return (
    <li className="om-concern">
      <Icon className={`om-tone-${severity}`} aria-hidden="true" />
      <div className="om-concern-words">
        <strong>{t(`overview.concern.${code}`, { count: count ?? 0 })}</strong>
        {detail !== null && <span>{detail}</span>}
        {at !== null && (
          <span className="om-quiet">
            {code === 'held' ? (
              t('overview.until', { when: formatMoment(at) })
            ) : (
              <RelativeTime instant={at} />
            )}
          </span>
        )}
      </div>
      <Link to={findRemedyPath(concern)}>{t(`overview.mend.${code}`)}</Link>
    </li>
  );
}

function SyncFacts({ sync: { lastFullSync, nextSyncAt, drift, active } }: Pick<Overview, 'sync'>) {
  const { t } = useTranslation();
  const drifted = drift && drift.departments + drift.members + drift.memberships;
  return (
    <dl className="om-verdict-facts">
      <Fact name={t('overview.lastSync')}>
        {lastFullSync === null ? (
          t('overview.neverSynced')
        ) : (
          <Link to={`/system/sync-runs/${lastFullSync.runId}`}>
            <RelativeTime instant={lastFullSync.at} />
          </Link>
        )}
        {active !== null && (
          <>
            {' · '}
            <Link to={`/system/sync-runs/${active.runId}`}>{t('overview.running')}</Link>
          </>
        )}
      </Fact>
      <Fact name={t('overview.nextSync')}>
        {nextSyncAt === null ? (
          <span className="om-quiet">{t('overview.noNextSync')}</span>
        ) : (
          <time dateTime={nextSyncAt} title={formatExact(nextSyncAt)}>
            {formatMoment(nextSyncAt)}
          </time>
        )}
      </Fact>
      <Fact name={t('overview.drift')}>
        <span title={t('overview.driftHint')} className={drifted ? undefined : 'om-quiet'}>
          {drifted === null
            ? t('overview.driftUnknown')
            : drifted === 0
              ? t('overview.noDrift')
              : t('overview.driftCount', { count: drifted })}
        </span>
      </Fact>
    </dl>
  );
}

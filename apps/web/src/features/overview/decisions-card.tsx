import type { Overview } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatMoment } from '../../lib/format.ts';

/** Held runs and previews that somebody has to decide on. */
export function DecisionsCard({ decisions }: Pick<Overview, 'decisions'>) {
  const { t } = useTranslation();
  return (
    <section className="om-card" aria-labelledby="om-decisions">
      <h2 id="om-decisions">{t('overview.decisions.title')}</h2>
      <div className="om-card-body">
        {decisions.length === 0 && <p className="om-quiet">{t('overview.decisions.none')}</p>}
        <ul className="om-decisions">
          {decisions.map((decision) => (
            <DecisionRow key={decision.runId} decision={decision} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function DecisionRow({ decision }: { decision: Overview['decisions'][number] }) {
  const { t } = useTranslation();
  const { runId, mode, held, subjects, startedBy, waitingSince, heldUntil } = decision;
  const what =
    mode === 'preview'
      ? t('overview.decisions.preview', { count: subjects })
      : t('overview.decisions.held', { count: held.departments + held.members });
  return (
    <li>
      <div>
        <strong>{what}</strong>
        <span className="om-quiet">
          {startedBy === null
            ? t('overview.decisions.bySchedule')
            : t('overview.decisions.by', { name: startedBy })}
          {waitingSince !== null && (
            <>
              {' · '}
              <RelativeTime instant={waitingSince} />
            </>
          )}
          {heldUntil !== null && ` · ${t('overview.until', { when: formatMoment(heldUntil) })}`}
        </span>
      </div>
      <Link to={`/system/sync-runs/${runId}`}>{t('overview.decisions.open')}</Link>
    </li>
  );
}

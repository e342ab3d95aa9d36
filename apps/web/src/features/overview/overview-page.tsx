import type { Overview } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FirstRunSteps } from '../../components/first-run-steps.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { overviewQuery } from '../../entities/overview/overview-query.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useFirstRun } from '../../entities/settings/use-first-run.ts';
import { ChangesCard, TurnoverCard } from './activity-cards.tsx';
import { DecisionsCard } from './decisions-card.tsx';
import { MemberTotalsCard } from './member-totals-card.tsx';
import { RightsCard } from './rights-card.tsx';
import { SignInsCard } from './sign-ins-card.tsx';
import { VerdictCard } from './verdict-card.tsx';
import './overview.css';

/** 总览: is all well? The verdict first, then what waits, then what is worth knowing. */
export function OverviewPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('overview.title')} />
      <QueryContent query={useQuery(overviewQuery)}>
        {(overview) => <OverviewContent overview={overview} />}
      </QueryContent>
    </>
  );
}

function OverviewContent({ overview }: { overview: Overview }) {
  const { verdict, people, activity, decisions, rights, signIns, versions } = overview;
  const isAdmin = useIsAdmin();
  const hasDirectory = verdict !== 'notSetUp';
  return (
    <div className="om-overview">
      {!hasDirectory && isAdmin && <FirstRun />}
      <VerdictCard overview={overview} />
      <div className="om-overview-columns">
        <div>
          {hasDirectory ? (
            <>
              <DecisionsCard decisions={decisions} />
              <ChangesCard activity={activity} />
              <TurnoverCard activity={activity} />
            </>
          ) : (
            <SignInsCard signIns={signIns} />
          )}
        </div>
        <div>
          {hasDirectory && <MemberTotalsCard totals={people} />}
          <RightsCard rights={rights} />
          {hasDirectory && <SignInsCard signIns={signIns} />}
        </div>
      </div>
      <Versions versions={versions} />
    </div>
  );
}

/** What is left of the way to the first sync. */
function FirstRun() {
  return <FirstRunSteps {...useFirstRun()} />;
}

function Versions({ versions: { server, node, databaseKind, database } }: Pick<Overview, 'versions'>) {
  const { t } = useTranslation();
  return (
    <p className="om-small-print">
      {t('overview.versions.label')}: {t('common.productName')} {server} · Node.js {node} ·{' '}
      {t(`overview.versions.${databaseKind}`)} {database}
    </p>
  );
}

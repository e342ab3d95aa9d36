import type { SyncRun } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router-dom';
import { Notice } from '../../components/notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { CancelRunButton } from '../../entities/runs/cancel-run-button.tsx';
import { PartialRead } from '../../entities/runs/partial-read.tsx';
import { RunProgress } from '../../entities/runs/run-progress.tsx';
import { isActiveRun } from '../../entities/runs/run-states.ts';
import { useLiveRun } from '../../entities/runs/use-live-run.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { getProblemCode } from '../../lib/http/problem-error.ts';
import { DecisionBar } from './decision-bar.tsx';
import { RunDrift } from './run-drift.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunFailure } from './run-failure.tsx';
import { RunManifest } from './run-manifest.tsx';
import { RunMenu } from './run-menu.tsx';
import { RunPhases } from './run-phases.tsx';
import { RunBadges, titleRun } from './run-title.tsx';
import { RunWarnings } from './run-warnings.tsx';
import { SubjectList } from './subject-list.tsx';
import './history.css';

/** One run: what it does to people, what is to be decided, and how it went. Updates live while it is active. */
export function RunPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useLiveRun(id);
  const code = getProblemCode(query.error);
  if (code === 'resource.not_found' || code === 'request.invalid')
    return (
      <PageState
        isPage
        kind="missing"
        title={t('common.state.notFound.title')}
        detail={t('common.state.notFound.detail')}
        action={<Link to="/system/sync-runs">{t('shell.nav.syncRuns')}</Link>}
      />
    );
  // A key of its own for each run: what was asked and answered about one says nothing about the next.
  return <QueryContent query={query}>{(run) => <RunContent key={run.id} run={run} />}</QueryContent>;
}

function RunContent({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const isActive = isActiveRun(run);
  return (
    <>
      <PageHeader
        title={titleRun(run, t)}
        note={<RunBadges run={run} />}
        extra={isActive ? isAdmin && <CancelRunButton runId={run.id} /> : <RunMenu run={run} />}
      />
      <RunFailure run={run} />
      {run.complete === false && (
        <Notice tone="warning" title={t('history.manifest.partial')}>
          <PartialRead run={run} />
        </Notice>
      )}
      <RunDrift run={run} />
      <section className="om-card" aria-label={t('history.detail.course')}>
        <RunPhases run={run} />
        {isActive && (
          <div className="om-run-live">
            <RunProgress run={run} />
          </div>
        )}
        <RunFacts run={run} />
      </section>
      {(run.error === null || run.subjects !== null) && (
        <section className="om-card">
          <h2>{t('history.detail.changes')}</h2>
          <SubjectList run={run} />
        </section>
      )}
      {run.manifest && (
        <Folded title={t('history.detail.manifest')} note={describeRead(run.complete, t)}>
          <RunManifest manifest={run.manifest} complete={run.complete} />
        </Folded>
      )}
      {run.warnings.length > 0 && (
        <Folded title={t('history.detail.warnings')} note={String(run.warnings.length)}>
          <RunWarnings warnings={run.warnings} />
        </Folded>
      )}
      {run.status === 'awaitingApproval' && <DecisionBar run={run} />}
    </>
  );
}

const describeRead = (complete: boolean | null, t: TFunction): string => {
  if (complete === null) return '';
  return t(complete ? 'history.manifest.complete' : 'history.manifest.partial');
};

/** A card of which only the title shows until it is asked for. */
function Folded({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <details className="om-card om-folded">
      <summary>
        <h2>{title}</h2> <span className="om-quiet">{note}</span>
      </summary>
      {children}
    </details>
  );
}

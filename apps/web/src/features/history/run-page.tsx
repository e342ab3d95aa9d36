import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router-dom';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageState } from '../../components/page-state.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { CancelRunButton } from '../../entities/runs/cancel-run-button.tsx';
import { PartialRead } from '../../entities/runs/partial-read.tsx';
import { RunProgress } from '../../entities/runs/run-progress.tsx';
import { isActiveRun } from '../../entities/runs/run-states.ts';
import { RunStatusTag } from '../../entities/runs/run-status-tag.tsx';
import { useLiveRun } from '../../entities/runs/use-live-run.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { getProblemCode } from '../../lib/http/problem-error.ts';
import { ChangeList } from './change-list.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { RunCounts } from './run-counts.tsx';
import { RunDrift } from './run-drift.tsx';
import { RunDuration } from './run-duration.tsx';
import { RunManifest } from './run-manifest.tsx';
import { RunMenu } from './run-menu.tsx';
import { RunPhases } from './run-phases.tsx';
import { RunWarnings } from './run-warnings.tsx';
import './history.css';

/** One run: progress, what it read and changed, and its error. Updates live while the run is active. */
export function RunPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useLiveRun(id);
  const code = getProblemCode(query.error);
  if (code === 'resource.not_found' || code === 'request.invalid')
    return (
      <PageState
        isPage
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
        title={t('history.detail.title')}
        note={<RunStatusTag run={run} />}
        extra={isActive ? isAdmin && <CancelRunButton runId={run.id} /> : <RunMenu run={run} />}
      />
      {run.error && <ProblemNotice error={run.error} />}
      {run.status === 'awaitingApproval' && <DecisionPanel run={run} />}
      {run.complete === false && (
        <Notice tone="warning" title={t('history.manifest.partial')}>
          <PartialRead run={run} />
        </Notice>
      )}
      <RunDrift run={run} />
      <section className="om-card">
        <RunPhases run={run} />
        {isActive && (
          <div className="om-run-live">
            <RunProgress run={run} />
          </div>
        )}
        <RunFacts run={run} />
      </section>
      <div className="om-run-columns">
        <section className="om-card">
          <h2>{t('history.detail.counts')}</h2>
          <RunCounts counts={run.counts} held={run.held} />
        </section>
        {run.manifest && (
          <section className="om-card">
            <h2>{t('history.detail.manifest')}</h2>
            <RunManifest manifest={run.manifest} complete={run.complete} />
          </section>
        )}
      </div>
      {run.warnings.length > 0 && (
        <section className="om-card">
          <h2>{t('history.detail.warnings')}</h2>
          <RunWarnings warnings={run.warnings} />
        </section>
      )}
      <section className="om-card">
        <h2>{t('history.detail.changes')}</h2>
        <ChangeList run={run} />
      </section>
    </>
  );
}

function RunFacts({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  return (
    <dl className="om-run-facts">
      <div>
        <dt>{t('history.column.trigger')}</dt>
        <dd>
          {t(`history.mode.${run.mode}`)} · {t(`history.trigger.${run.trigger}`)}
        </dd>
      </div>
      <div>
        <dt>{t('history.detail.startedBy')}</dt>
        <dd>{run.startedBy ?? t('history.system')}</dd>
      </div>
      <div>
        <dt>{t('history.detail.startedAt')}</dt>
        <dd>
          <RelativeTime instant={run.startedAt} />
        </dd>
      </div>
      {run.finishedAt && (
        <div>
          <dt>{t('history.detail.finishedAt')}</dt>
          <dd>
            <RelativeTime instant={run.finishedAt} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('history.detail.duration')}</dt>
        <dd>
          <RunDuration run={run} />
        </dd>
      </div>
      <div>
        <dt>{t('history.detail.scope')}</dt>
        <dd>{t(`history.scope.${run.scope}`)}</dd>
      </div>
      {run.trigger === 'callback' && (
        <div>
          <dt>{t('history.detail.events')}</dt>
          <dd>
            <Link to="/system/events">{t('history.detail.toEvents')}</Link>
          </dd>
        </div>
      )}
      {run.source !== null && (
        <div>
          <dt>{t('history.detail.source')}</dt>
          <dd>{t(`history.source.${run.source}`)}</dd>
        </div>
      )}
      {run.heldUntil !== null && (
        <div>
          <dt>{t('history.detail.heldUntil')}</dt>
          <dd>
            <RelativeTime instant={run.heldUntil} />
          </dd>
        </div>
      )}
      {(['undoOf', 'undoneBy'] as const).map(
        (relation) =>
          run[relation] !== null && (
            <div key={relation}>
              <dt>{t(`history.detail.${relation}`)}</dt>
              <dd>
                <Link to={`/system/sync-runs/${run[relation]}`}>{t('history.detail.openRun')}</Link>
              </dd>
            </div>
          ),
      )}
      <div>
        <dt>{t('history.detail.runId')}</dt>
        <dd>
          <CopyableCode text={run.id} label={t('history.detail.copyId')} />
        </dd>
      </div>
    </dl>
  );
}

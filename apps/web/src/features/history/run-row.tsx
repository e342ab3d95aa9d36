import { DownOutlined, RightOutlined } from '@ant-design/icons';
import type { SubjectSection, SyncRun } from '@orgmirror/contracts';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { describeUnread } from '../../entities/runs/partial-read.tsx';
import { RunSummary } from '../../entities/runs/run-summary.tsx';
import { formatDuration, formatExact, formatMoment } from '../../lib/format.ts';
import type { RunFold } from './fold-runs.ts';
import { countDrift } from './run-drift.tsx';
import { measureWaiting, RunDuration } from './run-duration.tsx';
import { nameRun, RunBadges } from './run-title.tsx';

/** One run of the list: when and what, how it ended, what it did to people, and how long it worked. */
export function RunRow({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const waitedMs = measureWaiting(run);
  return (
    <li className={run.undoneBy === null ? 'om-run' : 'om-run om-run-undone'}>
      <div className="om-run-when">
        <Link to={`/system/sync-runs/${run.id}`}>
          <time dateTime={run.startedAt} title={formatExact(run.startedAt)}>
            {formatMoment(run.startedAt)}
          </time>
        </Link>
        <div className="om-small-print">
          {nameRun(run, t)}
          {run.startedBy !== null && ` · ${run.startedBy}`}
        </div>
      </div>
      <div className="om-run-what">
        <RunOutcome run={run} />
      </div>
      <RunBadges run={run} />
      <div className="om-run-time">
        <RunDuration run={run} />
        {waitedMs !== null && (
          <div className="om-small-print">{t('history.waited', { duration: formatDuration(waitedMs) })}</div>
        )}
      </div>
    </li>
  );
}

function RunOutcome({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const { error, drift, complete, manifest } = run;
  if (error) return <span className="om-quiet">{error.title}</span>;
  if (run.subjects === null) return <span className="om-quiet">—</span>;
  return (
    <>
      <RunSummary run={run} />
      {complete === false && manifest && <div className="om-small-print">{describeUnread(manifest, t)}</div>}
      {drift !== null && complete !== false && countDrift(drift) > 0 && (
        <div className="om-small-print">{t('history.drift.found', { count: countDrift(drift) })}</div>
      )}
    </>
  );
}

/** The runs that events started within an hour as one row, which opens. */
export function FoldedRuns({ runs }: RunFold) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const first = runs.at(-1) ?? runs[0];
  return (
    <>
      <li className="om-run om-run-fold">
        <div className="om-run-when">
          <button
            type="button"
            className="om-link-button"
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}{' '}
            {formatMoment(first.startedAt)}–{formatMoment(runs[0].startedAt).slice(-5)}
          </button>
          <div className="om-small-print">{t('history.fold', { count: runs.length })}</div>
        </div>
        <div className="om-run-what">
          <RunSummary run={{ status: 'succeeded', subjects: sumSubjects(runs) }} />
        </div>
      </li>
      {isOpen && (
        <li className="om-run-folded">
          <ul id={listId} className="om-runs">
            {runs.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </ul>
        </li>
      )}
    </>
  );
}

function sumSubjects(runs: readonly SyncRun[]): Record<SubjectSection, number> {
  const sum = (section: SubjectSection) =>
    runs.reduce((total, { subjects }) => total + (subjects?.[section] ?? 0), 0);
  return {
    held: sum('held'),
    leave: sum('leave'),
    join: sum('join'),
    move: sum('move'),
    update: sum('update'),
    department: sum('department'),
  };
}

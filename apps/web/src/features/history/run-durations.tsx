import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatMoment } from '../../lib/format.ts';
import { measureWork } from './run-duration.tsx';
import { nameRun } from './run-title.tsx';

const maxBars = 50;
/** Fewer say nothing that the rows below do not. */
const minBars = 3;
/** Below, times read as 0:00, and bars would only show chance. */
const minLongestMs = 1_000;
const height = 24;
const slot = 6;

/** Whole syncs that ended: those of events take seconds, previews and undone ones are another kind of work. */
const isCompared = ({ mode, scope, status }: SyncRun) =>
  mode === 'apply' && scope === 'full' && ['succeeded', 'failed'].includes(status);

/** How long the whole syncs of the page worked, the oldest first: what grows, or stands out, is seen at once. */
export function RunDurations({ runs }: { runs: readonly SyncRun[] }) {
  const { t } = useTranslation();
  const measured = runs.filter(isCompared).flatMap((run) => {
    const workMs = measureWork(run);
    return workMs === null ? [] : [{ run, workMs }];
  });
  const bars = measured.slice(0, maxBars).toReversed();
  if (bars.length < minBars) return null;
  const times = bars.map(({ workMs }) => workMs);
  const [shortest, longest] = [Math.min(...times), Math.max(...times)];
  if (longest < minLongestMs) return null;
  const summary = t('history.durations', {
    count: bars.length,
    shortest: formatDuration(shortest),
    longest: formatDuration(longest),
  });
  return (
    <div className="om-run-durations">
      <svg width={bars.length * slot} height={height} role="img" aria-label={summary}>
        {bars.map(({ run, workMs }, index) => {
          const barHeight = Math.max(2, (workMs / Math.max(1, longest)) * height);
          return (
            <rect
              key={run.id}
              className={run.status === 'failed' ? 'om-run-bar om-run-bar-failed' : 'om-run-bar'}
              x={index * slot}
              y={height - barHeight}
              width={slot - 2}
              height={barHeight}
            >
              <title>
                {[formatMoment(run.startedAt), nameRun(run, t), formatDuration(workMs)].join(' · ')}
              </title>
            </rect>
          );
        })}
      </svg>
      <span className="om-small-print" aria-hidden="true">
        {summary}
      </span>
    </div>
  );
}

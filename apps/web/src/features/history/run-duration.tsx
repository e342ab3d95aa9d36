import type { SyncRun } from '@orgmirror/contracts';
import { isActiveRun } from '../../entities/runs/run-states.ts';
import { formatDuration } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';

/** How long the run worked, or has so far, without what it waited for a decision. */
export function RunDuration({ run }: { run: SyncRun }) {
  const now = useNow(isActiveRun(run));
  const workMs = measureWork(run, now);
  return workMs === null ? '—' : formatDuration(workMs);
}

/** Milliseconds that a run worked, or has so far, without what it waited for a decision; null when it tells no end. */
export function measureWork(run: SyncRun, now = Date.now()): number | null {
  const end = isActiveRun(run) ? now : findEnd(run);
  return end === null ? null : end - Date.parse(run.startedAt) - (measureWaiting(run, now) ?? 0);
}

/** What has waited has not ended, but its work has. */
const findEnd = ({ finishedAt, waitingSince }: SyncRun): number | null => {
  const instant = finishedAt ?? waitingSince;
  return instant === null ? null : Date.parse(instant);
};

/** How long the run waited for a decision that came, or did not come in time; null while it waits, or never did. */
export function measureWaiting(
  { waitingSince, decidedAt, finishedAt }: SyncRun,
  now = Date.now(),
): number | null {
  if (waitingSince === null) return null;
  const end = decidedAt ?? finishedAt;
  if (end === null) return null;
  return Math.min(now, Date.parse(end)) - Date.parse(waitingSince);
}

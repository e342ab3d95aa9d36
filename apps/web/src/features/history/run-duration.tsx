import type { SyncRun } from '@orgmirror/contracts';
import { isActiveRun } from '../../entities/runs/run-states.ts';
import { formatDuration } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';

/** How long the run took, or has taken so far. */
export function RunDuration({ run }: { run: SyncRun }) {
  const isActive = isActiveRun(run);
  const now = useNow(isActive);
  if (run.finishedAt === null && !isActive) return '—';
  const end = run.finishedAt === null ? now : Date.parse(run.finishedAt);
  return formatDuration(end - Date.parse(run.startedAt));
}

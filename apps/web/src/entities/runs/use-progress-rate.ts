import type { SyncRun } from '@orgmirror/contracts';
import { useEffect, useState } from 'react';
import { addSample, computeRate, type ProgressRate, type ProgressSample } from './progress-rate.ts';

const storageKey = 'orgmirror.progress';

interface Kept {
  runId: string;
  samples: readonly ProgressSample[];
}

/**
 * How fast a run reads, from the last samples, which a reload of the page does not lose; null when it is not
 * reading. Takes a sample whenever `nowMs` moves on, so that a standstill shows as well.
 */
export function useProgressRate(run: SyncRun, nowMs: number): ProgressRate | null {
  const { id, status } = run;
  const { departmentsTotal, departmentsRead, membersRead } = run.progress;
  const isReading = status === 'reading';
  const [kept, setKept] = useState<Kept>(() => readKept(run));
  useEffect(() => {
    if (!isReading) return;
    setKept((current) => {
      const samples = current.runId === id ? current.samples : [];
      const next = { runId: id, samples: addSample(samples, { atMs: nowMs, departmentsRead, membersRead }) };
      keep(next);
      return next;
    });
  }, [id, isReading, nowMs, departmentsRead, membersRead]);
  return isReading && kept.runId === id ? computeRate(kept.samples, departmentsTotal) : null;
}

/** What this tab knows of the run; without anything, the run began with nothing read. */
function readKept(run: SyncRun): Kept {
  const beginning = { atMs: Date.parse(run.startedAt), departmentsRead: 0, membersRead: 0 };
  const nothing: Kept = { runId: run.id, samples: [beginning] };
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Kept | null; // written below
    return kept?.runId === run.id ? kept : nothing;
  } catch {
    return nothing; // storage is blocked or holds another value: the rate is then computed from the start
  }
}

function keep(kept: Kept): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    return; // as above
  }
}

import type { SyncRun } from '@orgmirror/contracts';
import { useEffect, useState } from 'react';
import { addSample, computeRate, type ProgressRate, type ProgressSample } from './progress-rate.ts';

const storageKey = 'orgmirror.progress';

interface StoredSamples {
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
  const [stored, setStored] = useState<StoredSamples>(() => readStoredSamples(run));
  useEffect(() => {
    if (!isReading) return;
    setStored((current) => {
      const samples = current.runId === id ? current.samples : [];
      const next = { runId: id, samples: addSample(samples, { atMs: nowMs, departmentsRead, membersRead }) };
      storeSamples(next);
      return next;
    });
  }, [id, isReading, nowMs, departmentsRead, membersRead]);
  return isReading && stored.runId === id ? computeRate(stored.samples, departmentsTotal) : null;
}

/** What this tab knows of the run; without anything, the run began with nothing read. */
function readStoredSamples(run: SyncRun): StoredSamples {
  const beginning = { atMs: Date.parse(run.startedAt), departmentsRead: 0, membersRead: 0 };
  const nothing: StoredSamples = { runId: run.id, samples: [beginning] };
  try {
    // written below
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as StoredSamples | null;
    return stored?.runId === run.id ? stored : nothing;
  } catch {
    return nothing; // storage is blocked or holds another value: the rate is then computed from the start
  }
}

function storeSamples(stored: StoredSamples): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(stored));
  } catch {
    return; // as above
  }
}

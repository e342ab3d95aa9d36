import { type SyncRun as SyncRunAnswer, syncRun } from '@orgmirror/contracts';
import * as z from 'zod';
import type { SyncRun as SyncRunRow } from '../platform/database/generated/client.ts';
import { readStoredError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentProblem } from '../platform/http/present-problem.ts';
import { countSections } from './list-subjects.ts';
import { presentManifest } from './present-manifest.ts';
import { findUndo, type SyncRun } from './sync-run-repository.ts';

/** A run as the API shows it. */
export function presentSyncRun(run: SyncRun, locale: Locale): SyncRunAnswer {
  const error = readStoredError(run.error);
  return syncRun.parse({
    id: run.id,
    mode: run.mode,
    trigger: run.trigger,
    scope: run.scope,
    source: run.source,
    undoOf: run.undoOfId,
    undoneBy: findUndo(run)?.id ?? null,
    status: run.status,
    progress: presentProgress(run),
    complete: run.complete,
    manifest: presentManifest(run.manifest, locale),
    counts: run.counts,
    subjects: countSections(run),
    held: run.status === 'awaitingApproval' ? run.held : { departments: 0, members: 0 },
    heldReasons: run.heldReasons,
    warnings: run.warnings,
    error: error && presentProblem(error, locale, run.id), // the run's log lines carry its id
    drift: run.drift,
    planFingerprint: run.planFingerprint,
    heldUntil: run.status === 'awaitingApproval' ? (run.heldUntil?.toISOString() ?? null) : null,
    waitingSince: run.waitingSince?.toISOString() ?? null,
    decidedBy: run.decidedBy,
    decidedAt: run.decidedAt?.toISOString() ?? null,
    startedBy: run.startedBy,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
  });
}

const findings = syncRun.pick({ id: true, warnings: true, drift: true });

/** Of a run only what it found to be unusual. */
export const presentFindings = ({ id, warnings, drift }: SyncRunRow) =>
  findings.parse({ id, warnings, drift });

const storedProgress = z.looseObject({
  work: z.object({ phase: z.string(), done: z.number(), total: z.number() }).nullable().default(null),
});

/** The work of a phase that has ended says nothing any more. */
function presentProgress({ progress, status }: SyncRun) {
  const { work, ...read } = storedProgress.parse(progress);
  return { ...read, work: work?.phase === status ? { done: work.done, total: work.total } : null };
}

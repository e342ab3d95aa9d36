import type { Clock } from '../clock.ts';
import { type ExportFile, exportGetResult } from '../endpoints/export-get-result.ts';
import type { ExportKind } from '../endpoints/export-job.ts';
import { WecomResponseError } from '../errors.ts';
import { buildShapeError, formatFieldPath } from '../read-answer.ts';
import type { Requester } from '../requester.ts';
import { buildMismatch, EXPORT_DOWNLOAD, openExportFile } from './open-file.ts';

/** Settings of an export. */
export interface ExportSettings {
  /** Items in one file, 10,000 to 1,000,000, default 10,000: at most this many are in memory at once. */
  readonly blockSize?: number | undefined;
  /** Minimum time between two polls of the job, default 500 ms. */
  readonly minPollIntervalMs?: number | undefined;
  /** Maximum time between two polls, default 30,000 ms. */
  readonly maxPollIntervalMs?: number | undefined;
  /** Milliseconds after its submission at which the job is given up, default 30 minutes. */
  readonly timeoutMs?: number | undefined;
  /**
   * Whether WeCom has announced the end of the job by its event `batch_job_result`; called once a second
   * between two polls. True polls at once. Default: no announcement.
   */
  readonly isJobFinished?: ((jobid: string) => Promise<boolean>) | undefined;
}

/** One file of an export, decrypted and read. */
export interface ExportBlock<Item> {
  readonly items: readonly Item[];
  /** From 1. */
  readonly number: number;
  /** Files of the whole export. */
  readonly total: number;
}

/** Dependencies of an export. */
export interface ExportParts {
  readonly requester: Requester;
  readonly clock: Clock;
  /** Creates the key of a job. */
  readonly createAesKey: () => string;
}

/** Time between two calls of `isJobFinished`. */
const FINISHED_CHECK_INTERVAL_MS = 1_000;

const DEFAULTS = {
  blockSize: 10_000,
  minPollIntervalMs: 500,
  maxPollIntervalMs: 30_000,
  timeoutMs: 30 * 60_000,
} as const satisfies ExportSettings;

/** A job that WeCom has accepted. */
interface ExportJob {
  readonly jobid: string;
  readonly encodingAesKey: string;
  readonly blockSize: number;
  readonly submittedAtMs: number;
}

/**
 * Submits an export job and returns its files, to be read once: waits for the job's end, then downloads,
 * checks, decrypts and reads one file after the other. The export is complete only after the last block.
 */
export async function startExport<Content, Item>(
  parts: ExportParts,
  kind: ExportKind<Content, Item>,
  settings: ExportSettings,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<ExportBlock<Item>>> {
  const { blockSize = DEFAULTS.blockSize } = settings;
  const encodingAesKey = parts.createAesKey();
  const jobid = await parts.requester.call(kind.submit, { encodingAesKey, blockSize }, signal);
  const job = { jobid, encodingAesKey, blockSize, submittedAtMs: parts.clock.elapsedMs() };
  return readBlocks(parts, kind, job, settings, signal);
}

/**
 * WeCom does not announce the number of items. A missing file shows in two ways: every file but one must be
 * full, and no file may be listed twice.
 */
async function* readBlocks<Content, Item>(
  parts: ExportParts,
  kind: ExportKind<Content, Item>,
  job: ExportJob,
  settings: ExportSettings,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportBlock<Item>, void, undefined> {
  const { blockSize, encodingAesKey } = job;
  const files = await waitForFiles(parts, job, settings, signal);
  if (new Set(files.map(({ md5 }) => md5)).size < files.length)
    throw buildMismatch('the same file is listed twice');
  let shortFiles = 0;
  for (const [index, file] of files.entries()) {
    const items = await parts.requester.download(
      {
        path: EXPORT_DOWNLOAD,
        url: file.url,
        read: (body, onUnexpectedField) => {
          const parsed = kind.content.safeParse(openExportFile(body, file, encodingAesKey));
          if (!parsed.success) throw buildShapeError(EXPORT_DOWNLOAD, formatFieldPath(parsed.error));
          return kind.readItems(parsed.data, onUnexpectedField);
        },
      },
      signal,
    );
    if (items.length < blockSize) shortFiles += 1;
    if (shortFiles > 1) throw buildMismatch(`more than one file has less than ${blockSize} items`);
    yield { items, number: index + 1, total: files.length };
  }
}

/**
 * Polls with intervals of half the elapsed time: a job of two seconds is seen to end after at most three, one
 * of ten minutes costs about thirty polls. Polls at least once, since the job may have ended while another
 * was waited for.
 */
async function waitForFiles(
  { requester, clock }: ExportParts,
  { jobid, submittedAtMs }: ExportJob,
  settings: ExportSettings,
  signal: AbortSignal | undefined,
): Promise<readonly ExportFile[]> {
  const {
    minPollIntervalMs = DEFAULTS.minPollIntervalMs,
    maxPollIntervalMs = DEFAULTS.maxPollIntervalMs,
    timeoutMs = DEFAULTS.timeoutMs,
  } = settings;
  let { isJobFinished } = settings;
  let elapsedMs = clock.elapsedMs() - submittedAtMs;
  let waitMs = Math.max(0, minPollIntervalMs - elapsedMs);
  do {
    const isFinished = await sleepUntilFinished(
      clock,
      waitMs,
      signal,
      isJobFinished && (() => isJobFinished?.(jobid)),
    );
    if (isFinished) isJobFinished = undefined; // announced once, perhaps too early: polling continues as usual
    const state = await requester.call(exportGetResult, { jobid }, signal);
    if (state.kind === 'done') return state.files;
    if (state.kind === 'failed')
      throw new WecomResponseError('exportFailed', exportGetResult.path, 'WeCom says that the job failed');
    elapsedMs = clock.elapsedMs() - submittedAtMs;
    waitMs = Math.min(Math.max(minPollIntervalMs, elapsedMs / 2), maxPollIntervalMs);
  } while (elapsedMs < timeoutMs);
  throw new WecomResponseError(
    'exportUnfinished',
    exportGetResult.path,
    `the job did not finish within ${Math.round(timeoutMs / 1_000)} seconds`,
  );
}

/** @returns whether the end was announced, which ends the sleep */
async function sleepUntilFinished(
  clock: Clock,
  durationMs: number,
  signal: AbortSignal | undefined,
  isFinished: (() => Promise<boolean> | undefined) | undefined,
): Promise<boolean> {
  if (isFinished === undefined) {
    await clock.sleep(durationMs, signal);
    return false;
  }
  for (let leftMs = durationMs; leftMs > 0; leftMs -= FINISHED_CHECK_INTERVAL_MS) {
    await clock.sleep(Math.min(leftMs, FINISHED_CHECK_INTERVAL_MS), signal);
    if (await isFinished()) return true;
  }
  return false;
}

import type { Clock } from '../clock.ts';
import { type ExportFile, exportGetResult } from '../endpoints/export-get-result.ts';
import type { ExportKind } from '../endpoints/export-job.ts';
import { WecomResponseError } from '../errors.ts';
import { buildShapeError, formatFieldPath } from '../read-answer.ts';
import type { Requester } from '../requester.ts';
import { buildMismatch, EXPORT_DOWNLOAD, openExportFile } from './open-file.ts';

/** How an export is asked for and waited for. */
export interface ExportSettings {
  /** Items in one file, 10,000 to 1,000,000, default 10,000: no more than these are in memory at once. */
  readonly blockSize?: number | undefined;
  /** Shortest time between two looks at the job, default 500 ms. */
  readonly minPollMs?: number | undefined;
  /** Longest time between two looks, default 30,000 ms. */
  readonly maxPollMs?: number | undefined;
  /** So long after its submission the job is given up, default 30 minutes in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /**
   * Whether WeCom has told that the job is over, by its event `batch_job_result`; asked once a second between two looks.
   * The next look then comes at once. Default: nothing is told.
   */
  readonly isToldFinished?: ((jobid: string) => Promise<boolean>) | undefined;
}

/** One file of an export, decrypted and read. */
export interface ExportBlock<Item> {
  readonly items: readonly Item[];
  /** From 1. */
  readonly number: number;
  /** Files of the whole export. */
  readonly total: number;
}

/** Parts that an export needs of its client. */
export interface ExportParts {
  readonly requester: Requester;
  readonly clock: Clock;
  /** Gives a fresh key for each job. */
  readonly createAesKey: () => string;
}

/** How often to ask whether the job's end was told. */
const ASK_EVERY_MS = 1_000;

const DEFAULTS = {
  blockSize: 10_000,
  minPollMs: 500,
  maxPollMs: 30_000,
  timeoutMs: 30 * 60_000,
} as const satisfies ExportSettings;

/** A job that WeCom has taken. */
interface ExportJob {
  readonly jobid: string;
  readonly encodingAesKey: string;
  readonly blockSize: number;
  readonly submittedAtMs: number;
}

/**
 * Submits an export job and returns its files, to be read once: waits for the job's end, then downloads, checks,
 * decrypts and reads one file after the other. Nothing is known to be whole before the last block was given.
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
 * WeCom does not say how many items there are. Two things speak of a missing file all the same: every file but one must
 * be full, and no file may come twice.
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
        read: (body, note) => {
          const parsed = kind.content.safeParse(openExportFile(body, file, encodingAesKey));
          if (!parsed.success) throw buildShapeError(EXPORT_DOWNLOAD, formatFieldPath(parsed.error));
          return kind.readItems(parsed.data, note);
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
 * Looks at the job whenever half as much time again has gone by: a job of two seconds is seen to end after three at
 * most, one of ten minutes costs some thirty looks. It is looked at once at least, since it may have ended long ago while
 * another was waited for.
 */
async function waitForFiles(
  { requester, clock }: ExportParts,
  { jobid, submittedAtMs }: ExportJob,
  settings: ExportSettings,
  signal: AbortSignal | undefined,
): Promise<readonly ExportFile[]> {
  const {
    minPollMs = DEFAULTS.minPollMs,
    maxPollMs = DEFAULTS.maxPollMs,
    timeoutMs = DEFAULTS.timeoutMs,
  } = settings;
  let { isToldFinished } = settings;
  let elapsedMs = clock.elapsedMs() - submittedAtMs;
  let waitMs = Math.max(0, minPollMs - elapsedMs);
  do {
    const isTold = await sleepUntilTold(
      clock,
      waitMs,
      signal,
      isToldFinished && (() => isToldFinished?.(jobid)),
    );
    if (isTold) isToldFinished = undefined; // told once, and perhaps too early: the looks go on as ever
    const state = await requester.call(exportGetResult, { jobid }, signal);
    if (state.kind === 'done') return state.files;
    if (state.kind === 'failed')
      throw new WecomResponseError('exportFailed', exportGetResult.path, 'WeCom says that the job failed');
    elapsedMs = clock.elapsedMs() - submittedAtMs;
    waitMs = Math.min(Math.max(minPollMs, elapsedMs / 2), maxPollMs);
  } while (elapsedMs < timeoutMs);
  throw new WecomResponseError(
    'exportUnfinished',
    exportGetResult.path,
    `the job did not finish within ${Math.round(timeoutMs / 1_000)} seconds`,
  );
}

/** @returns whether it was told, which ends the sleep */
async function sleepUntilTold(
  clock: Clock,
  durationMs: number,
  signal: AbortSignal | undefined,
  isTold: (() => Promise<boolean> | undefined) | undefined,
): Promise<boolean> {
  if (isTold === undefined) {
    await clock.sleep(durationMs, signal);
    return false;
  }
  for (let leftMs = durationMs; leftMs > 0; leftMs -= ASK_EVERY_MS) {
    await clock.sleep(Math.min(leftMs, ASK_EVERY_MS), signal);
    if (await isTold()) return true;
  }
  return false;
}

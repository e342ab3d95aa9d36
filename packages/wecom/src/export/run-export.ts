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
  /** Before the first look at the job, default 2,000 ms; doubled for each further one. */
  readonly firstPollMs?: number | undefined;
  /** Longest time between two looks, default 30,000 ms. */
  readonly maxPollMs?: number | undefined;
  /** After this the job is given up, default 30 minutes in milliseconds. */
  readonly giveUpAfterMs?: number | undefined;
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

const DEFAULTS = {
  blockSize: 10_000,
  firstPollMs: 2_000,
  maxPollMs: 30_000,
  giveUpAfterMs: 30 * 60_000,
} as const satisfies ExportSettings;

/**
 * Runs one export job: submits it, waits for its end, then downloads, checks, decrypts and reads one file after the
 * other. Nothing is known to be whole before the last block was given.
 *
 * WeCom does not say how many items there are. Two things speak of a missing file all the same: every file but one must
 * be full, and no file may come twice.
 */
export async function* runExport<Content, Item>(
  { requester, clock, createAesKey }: ExportParts,
  kind: ExportKind<Content, Item>,
  settings: ExportSettings,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportBlock<Item>, void, undefined> {
  const { blockSize = DEFAULTS.blockSize } = settings;
  const encodingAesKey = createAesKey();
  const jobid = await requester.call(kind.submit, { encodingAesKey, blockSize }, signal);
  const files = await waitForFiles(requester, clock, jobid, settings, signal);
  if (new Set(files.map(({ md5 }) => md5)).size < files.length)
    throw buildMismatch('the same file is listed twice');
  let shortFiles = 0;
  for (const [index, file] of files.entries()) {
    const items = await requester.download(
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

async function waitForFiles(
  requester: Requester,
  clock: Clock,
  jobid: string,
  settings: ExportSettings,
  signal: AbortSignal | undefined,
): Promise<readonly ExportFile[]> {
  const { maxPollMs = DEFAULTS.maxPollMs, giveUpAfterMs = DEFAULTS.giveUpAfterMs } = settings;
  const startedAtMs = clock.elapsedMs();
  let delayMs = Math.min(settings.firstPollMs ?? DEFAULTS.firstPollMs, maxPollMs);
  while (clock.elapsedMs() - startedAtMs < giveUpAfterMs) {
    await clock.sleep(delayMs, signal);
    const state = await requester.call(exportGetResult, { jobid }, signal);
    if (state.kind === 'done') return state.files;
    if (state.kind === 'failed')
      throw new WecomResponseError('exportFailed', exportGetResult.path, 'WeCom says that the job failed');
    delayMs = Math.min(2 * delayMs, maxPollMs);
  }
  const minutes = Math.round(giveUpAfterMs / 60_000);
  throw new WecomResponseError(
    'exportUnfinished',
    exportGetResult.path,
    `the job did not finish within ${minutes} minutes`,
  );
}

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type ExportFormat, makeExportFile } from './make-file.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Flaws of the result of an accepted job, see `ExportFlaw`. */
export const exportFlaws = [
  'fails',
  'neverFinishes',
  'wrongSize',
  'wrongMd5',
  'truncatedFile',
  'wrongKey',
  'missingFile',
  'staleContent',
] as const;

/**
 * `fails` ends with status 3; `neverFinishes` stays at 1; `wrongSize` and `wrongMd5` announce others than the
 * file has; `truncatedFile` is announced rightly but was encrypted only in part; `wrongKey` is encrypted with
 * another key; `missingFile` leaves the last file out; `staleContent` is what the app's job of this kind
 * before said.
 */
export type ExportFlaw = (typeof exportFlaws)[number];

/** A job as it is submitted. */
export interface ExportOrder {
  /** Jobs belong to the app that submitted them. */
  readonly agentid: number;
  readonly path: string;
  readonly encodingAesKey: string;
  readonly format: ExportFormat;
  /** Number of polls that are answered "running". */
  readonly pendingPolls: number;
  /** The JSON of each file, made one at a time. */
  readonly texts: Iterable<string>;
  readonly flaw: ExportFlaw | undefined;
}

interface StoredFile {
  readonly id: string;
  /** The content before encryption, gzipped: the export of 500,000 members takes some 30 MB. */
  readonly packed: Buffer;
  readonly size: number;
  readonly md5: string;
}

interface Job {
  readonly order: Omit<ExportOrder, 'texts'>;
  readonly files: StoredFile[];
  polls: number;
  /** Undefined while the files are being made. */
  doneAtMs: number | undefined;
}

/** How a job stands for one app; `purged` when it has had five later ones. */
type JobState =
  | { readonly kind: 'unknown' | 'purged' | 'running' | 'failed' }
  | { readonly kind: 'done'; readonly files: readonly Pick<StoredFile, 'id' | 'size' | 'md5'>[] };

/** The export jobs of the server. */
export interface ExportService {
  /** Accepts a job and starts to make its files in the background; returns its id. */
  submit(order: ExportOrder): string;
  /** The state of a job for one app; counts as a poll. */
  look(agentid: number, jobid: string): JobState;
  /** The bytes of a file; undefined when there is none or its two hours are over. */
  openFile(id: string): Promise<Buffer | undefined>;
  /** Resolves once no files are being made, for tests with a clock of their own. */
  untilMade(): Promise<void>;
}

const maxStoredJobs = 5;
const fileLifetimeMs = 2 * 3_600_000;
const wrongKey = 'FOREIGNKEYFOREIGNKEYFOREIGNKEYFOREIGNKEYFOA';

function encrypt({ encodingAesKey, format, flaw }: Job['order'], text: string): Buffer {
  const file = makeExportFile(text, flaw === 'wrongKey' ? wrongKey : encodingAesKey, format);
  return flaw === 'truncatedFile' ? file.subarray(0, file.byteLength - 32) : file;
}

async function makeStoredFile(order: Job['order'], id: string, text: string): Promise<StoredFile> {
  const file = encrypt(order, text);
  const md5 = createHash('md5').update(file).digest('hex');
  return {
    id,
    packed: await pack(text, { level: 1 }),
    size: order.flaw === 'wrongSize' ? file.byteLength + 1 : file.byteLength,
    md5: order.flaw === 'wrongMd5' ? md5.split('').reverse().join('') : md5,
  };
}

async function* readTexts(order: ExportOrder, before: Job | undefined): AsyncGenerator<string> {
  if (order.flaw !== 'staleContent' || before === undefined) {
    yield* order.texts;
    return;
  }
  for (const { packed } of before.files) yield (await unpack(packed)).toString();
}

/**
 * Creates a service without jobs.
 * @param now clock in milliseconds
 * @param createText returns a new random text of the given length
 * @param onFinished called at the end of each job
 */
export function createExportService(
  now: () => number,
  createText: (length: number) => string,
  onFinished: (jobid: string, path: string) => void = () => undefined,
): ExportService {
  const jobs = new Map<string, Job | 'purged'>();
  let making = Promise.resolve();
  const listJobs = () => [...jobs].flatMap(([jobid, job]) => (job === 'purged' ? [] : [{ jobid, job }]));

  async function makeFiles(jobid: string, job: Job, texts: AsyncIterable<string>): Promise<void> {
    for await (const text of texts) job.files.push(await makeStoredFile(job.order, createText(32), text));
    if (job.order.flaw === 'missingFile') job.files.pop();
    job.doneAtMs = now();
    if (job.order.flaw !== 'neverFinishes') onFinished(jobid, job.order.path);
  }

  return {
    submit(order) {
      const { texts: _texts, ...kept } = order;
      const own = listJobs().filter(({ job }) => job.order.agentid === order.agentid);
      for (const { jobid } of own.slice(0, Math.max(0, own.length + 1 - maxStoredJobs)))
        jobs.set(jobid, 'purged');
      const before = own.findLast(({ job }) => job.order.path === order.path)?.job;
      const job: Job = { order: kept, files: [], polls: 0, doneAtMs: undefined };
      const jobid = `jobid_${createText(24)}`;
      jobs.set(jobid, job);
      const made = makeFiles(jobid, job, readTexts(order, before));
      making = Promise.all([making, made]).then(() => undefined);
      return jobid;
    },
    /** The state of a job for one app; counts as a poll. */
    look(agentid, jobid) {
      const job = jobs.get(jobid);
      if (job === 'purged') return { kind: 'purged' };
      if (job === undefined || job.order.agentid !== agentid) return { kind: 'unknown' };
      job.polls += 1;
      const { flaw, pendingPolls } = job.order;
      const isPending = job.polls <= pendingPolls || job.doneAtMs === undefined;
      if (flaw === 'neverFinishes' || isPending) return { kind: 'running' };
      return flaw === 'fails' ? { kind: 'failed' } : { kind: 'done', files: job.files };
    },
    async openFile(id) {
      for (const { job } of listJobs()) {
        const file = job.files.find((candidate) => candidate.id === id);
        if (file === undefined) continue;
        if (job.doneAtMs === undefined || now() - job.doneAtMs >= fileLifetimeMs) return undefined;
        return encrypt(job.order, (await unpack(file.packed)).toString());
      }
      return undefined;
    },
    untilMade: () => making,
  };
}

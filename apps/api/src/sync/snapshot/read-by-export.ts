import { type ReadDepartment, toMemberKey } from '@orgmirror/planner';
import {
  type ExportBlock,
  isWecomError,
  WecomApiError,
  type WecomDepartment,
  type WecomError,
  type WecomMember,
} from '@orgmirror/wecom';
import { createTimeSlices } from '../../platform/event-loop.ts';
import { mapMember } from './map-wecom.ts';
import {
  codeOf,
  createSnapshotRead,
  forEachConcurrently,
  type ReadOptions,
  type ReadWarning,
  type SnapshotRead,
} from './snapshot-read.ts';

/**
 * Departments compared with user/list: this many of all, and this many of those that are empty in the export.
 */
const sampleSize = 5;

/** A job may take no longer than a slow read of each department would, and never longer than the maximum. */
const timeoutMsPerDepartment = 100;
const maxTimeoutMs = 30 * 60_000;

/** The export contradicts what WeCom says elsewhere. `check` is what failed. */
class ExportMismatchError extends Error {
  override readonly name = 'ExportMismatchError';
  readonly check: 'departments' | 'membership' | 'sample';

  constructor(check: ExportMismatchError['check'], message: string) {
    super(message);
    this.check = check;
  }
}

/** An export that was used, or why it was not, as a warning for the run. */
export type ExportResult =
  | { kind: 'read'; reading: SnapshotRead }
  | { kind: 'unusable'; warning: ReadWarning };

/**
 * Reads the members of all departments by two asynchronous exports, in a few calls instead of one a
 * department.
 *
 * WeCom does not say how many members an export holds, so it counts as whole only when export/department
 * names exactly the departments of department/list, every file came and was full but one, the departments of
 * every member are among them, and user/list agrees about the members of some departments picked at random.
 * Departments that are empty in the export are sampled as well: a lost part shows there first. Anything else
 * makes it unusable and costs nothing but the time.
 * @throws WecomError when the settings are refused; the reason of an abort
 */
export async function readByExport(
  options: ReadOptions,
  departments: readonly ReadDepartment[],
): Promise<ExportResult> {
  const ids = [...new Set(departments.map(({ id }) => id))];
  const reading = createSnapshotRead(options, 'export', ids.length);
  reading.builder.addDepartments(departments);
  options.onProgress(reading.progress);
  try {
    const exports = await startExports(options, ids.length);
    await compareDepartments(exports.departments, new Set(ids));
    const picked = pickSome(ids, sampleSize, options.random);
    const { sampled, populated } = await readMembers(reading, await exports.members(), new Set(ids), picked);
    const emptyDepartments = ids.filter((id) => !populated.has(id) && !sampled.has(id));
    for (const id of pickSome(emptyDepartments, sampleSize, options.random)) sampled.set(id, new Set());
    await compareSamples(options, sampled);
  } catch (error) {
    if (error instanceof ExportMismatchError) return reject('export.mismatch', error.check, error.message);
    if (!isWecomError(error) || isFatalRefusal(error)) throw error;
    const code = isCorrupt(error) ? 'export.mismatch' : 'export.refused';
    return reject(code, codeOf(error), error.message);
  }
  reading.evidence.departmentsAnswered = ids.length;
  for (const id of ids) reading.answeredIds.add(id);
  reading.progress.departmentsRead = ids.length;
  options.onProgress(reading.progress);
  return { kind: 'read', reading };
}

const reject = (
  code: 'export.refused' | 'export.mismatch',
  key: string,
  detail: string,
): Extract<ExportResult, { kind: 'unusable' }> => ({
  kind: 'unusable',
  warning: { code, count: 1, examples: [{ key, detail }] },
});

/** A refusal that another way of reading meets as well: the same secret would only be refused again. */
const isFatalRefusal = (error: WecomError): boolean =>
  error instanceof WecomApiError && error.retryClass === 'stop' && error.kind !== 'permission';

/** The export came but is not what it should be. */
const isCorrupt = ({ kind }: WecomError): boolean => kind === 'exportMismatch' || kind === 'shape';

interface Exports {
  departments: Blocks<WecomDepartment>;
  /** Those of the job under way, else of a new one. */
  members(): Promise<Blocks<WecomMember>>;
}
type Blocks<Item> = AsyncIterable<ExportBlock<Item>>;

/**
 * Submits both jobs at once, so that WeCom works on the larger while the smaller is looked at; the members'
 * only after the other was taken, since a refusal is most likely of both. No page says whether two jobs may
 * run at a time: where the second is refused, it is submitted again after the first.
 */
async function startExports(
  { client, signal, isExportFinished }: ReadOptions,
  departmentCount: number,
): Promise<Exports> {
  const settings = {
    signal,
    isJobFinished: isExportFinished,
    timeoutMs: Math.min(departmentCount * timeoutMsPerDepartment, maxTimeoutMs),
  };
  const departments = await client.exportDepartments(settings);
  const underWay = await client.exportMembers(settings).catch((error: unknown) => {
    if (!(error instanceof WecomApiError) || isFatalRefusal(error)) throw error;
    return undefined;
  });
  return { departments, members: async () => underWay ?? client.exportMembers(settings) };
}

async function compareDepartments(blocks: Blocks<WecomDepartment>, listed: Set<number>): Promise<void> {
  const exported = new Set<number>();
  for await (const { items } of blocks) {
    for (const { id } of items) exported.add(id);
  }
  const missing = countBeyond(listed, exported);
  const extra = countBeyond(exported, listed);
  if (missing + extra > 0)
    throw new ExportMismatchError(
      'departments',
      `export/department lacks ${missing} departments of department/list and has ${extra} others`,
    );
}

interface ExportedPlaces {
  /** Keys of the members of each picked department. */
  sampled: Map<number, Set<string>>;
  /** Departments with members. */
  populated: Set<number>;
}

async function readMembers(
  reading: SnapshotRead,
  blocks: Blocks<WecomMember>,
  ids: ReadonlySet<number>,
  picked: readonly number[],
): Promise<ExportedPlaces> {
  const { options, builder, progress } = reading;
  const sampled = new Map(picked.map((id) => [id, new Set<string>()]));
  const populated = new Set<number>();
  const endSlice = createTimeSlices();
  for await (const { items } of blocks) {
    for (const member of items) {
      const key = toMemberKey(member.userid);
      for (const id of readPlaces(member, ids)) {
        populated.add(id);
        sampled.get(id)?.add(key);
      }
      builder.addMember(mapMember(member, null));
      await endSlice();
    }
    progress.membersRead = builder.memberCount();
    options.onProgress(progress);
  }
  return { sampled, populated };
}

function readPlaces({ department }: WecomMember, ids: ReadonlySet<number>): readonly number[] {
  // Without departments no member could be placed: then only the list that names one says where they are.
  if (department === undefined)
    throw new ExportMismatchError('membership', 'export/user does not say where its members are');
  const unknownDepartment = department.find((id) => !ids.has(id));
  if (unknownDepartment !== undefined)
    throw new ExportMismatchError(
      'membership',
      `export/user has members in ${unknownDepartment}, which is not listed`,
    );
  return department;
}

async function compareSamples(
  { client, signal, maxConcurrency }: ReadOptions,
  sampled: ReadonlyMap<number, ReadonlySet<string>>,
): Promise<void> {
  await forEachConcurrently([...sampled], maxConcurrency, async ([id, exported]) => {
    const members = await client.listMembers(id, { signal });
    const listed = new Set(members.map(({ userid }) => toMemberKey(userid)));
    const missing = countBeyond(listed, exported);
    const extra = countBeyond(exported, listed);
    if (missing + extra > 0)
      throw new ExportMismatchError(
        'sample',
        `export/user lacks ${missing} members of department ${id} and has ${extra} others`,
      );
  });
}

/** How many of the first are not in the second. */
function countBeyond<T>(first: ReadonlySet<T>, second: ReadonlySet<T>): number {
  let count = 0;
  for (const item of first) if (!second.has(item)) count++;
  return count;
}

/** This many different items at random; all when there are no more. */
function pickSome<T>(items: readonly T[], count: number, random: () => number): T[] {
  const rest = [...items];
  const picked: T[] = [];
  while (picked.length < count && rest.length > 0)
    picked.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return picked;
}

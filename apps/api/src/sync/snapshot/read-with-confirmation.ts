import { confirmMissing, type PresentMembers } from './confirm-missing.ts';
import { readDirectory } from './read-directory.ts';
import type { ReadOptions, ReadWarning, SnapshotRead } from './snapshot-read.ts';

/**
 * Reads the directory, then asks for those present here whom it does not name. An export counts as whole only
 * when all of them are gone by WeCom's own word; otherwise each department is read after all, with a warning.
 * @throws what `readDirectory` and `confirmMissing` throw
 */
export async function readWithConfirmation(
  options: ReadOptions,
  present: PresentMembers,
): Promise<SnapshotRead> {
  const result = await readOnce(options, present);
  if (result.kind === 'read') return result.reading;
  // The inconclusive reading is out of scope by now: two of a large corp would not fit into memory.
  const reading = await readWithConfirmation({ ...options, exportAbove: Infinity }, present);
  reading.warnings.push(result.warning);
  return reading;
}

async function readOnce(
  options: ReadOptions,
  present: PresentMembers,
): Promise<{ kind: 'read'; reading: SnapshotRead } | { kind: 'inconclusive'; warning: ReadWarning }> {
  const reading = await readDirectory(options);
  await confirmMissing(reading, present);
  const { missing } = reading.evidence;
  if (reading.source !== 'export' || !missing || missing.confirmed === missing.found)
    return { kind: 'read', reading };
  const detail = `export/user lacks ${missing.found} members who are present here; ${missing.confirmed} are surely gone`;
  return {
    kind: 'inconclusive',
    warning: { code: 'export.mismatch', count: 1, examples: [{ key: 'missing', detail }] },
  };
}

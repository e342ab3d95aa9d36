import { VendorError } from '../../vendor-errors.ts';
import type { AppRequest } from '../endpoint.ts';

const keyPattern = /^[A-Za-z0-9]{43}$/;
const minBlockSize = 10_000;
const maxBlockSize = 1_000_000;

function readKey({ encoding_aeskey: key }: AppRequest['body']): string {
  if (key === undefined || key === '') throw new VendorError(40063);
  if (typeof key !== 'string' || !keyPattern.test(key)) throw new VendorError(40035);
  return key;
}

function readBlockSize({ block_size: size = maxBlockSize }: AppRequest['body']): number {
  if (!Number.isInteger(size)) throw new VendorError(40035);
  const items = Number(size);
  if (items < minBlockSize || items > maxBlockSize) throw new VendorError(40058);
  return items;
}

/** One text per file; an export of nothing is one file with an empty list. */
function* writeTexts<Item>(
  listName: string,
  items: readonly Item[],
  blockSize: number,
  present: (item: Item) => unknown,
): Generator<string> {
  for (let start = 0; start === 0 || start < items.length; start += blockSize)
    yield JSON.stringify({ [listName]: items.slice(start, start + blockSize).map(present) });
}

/**
 * Takes an export job over the items as they are now: 40063 without key, 40035 for one that is not 43 letters
 * and digits, 40058 for a block size outside 10^4 … 10^6. Only the references are kept; the files are made
 * one by one.
 */
export function submitExport<Item>(
  { state, app, body, exportFlaw }: AppRequest,
  path: string,
  listName: string,
  items: readonly Item[],
  present: (item: Item) => unknown,
): Record<string, unknown> {
  const encodingAesKey = readKey(body);
  const texts = writeTexts(listName, items, readBlockSize(body), present);
  const jobid = state.exports.submit({
    agentid: app.agentid,
    path,
    encodingAesKey,
    format: state.settings.exportFormat,
    pendingPolls: state.settings.exportPendingPolls,
    texts,
    flaw: exportFlaw,
  });
  return { jobid };
}

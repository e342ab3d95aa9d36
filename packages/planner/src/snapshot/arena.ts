import { createNumberList } from './number-list.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** UTF-8 needs at most this many bytes for one UTF-16 code unit. */
const MAX_BYTES_PER_CODE_UNIT = 3;

/**
 * Append-only store of texts as UTF-8 in a few large buffers: a fraction of the memory of as many strings.
 */
export interface Arena {
  /** Stores a well-formed text (no lone surrogates) and returns its record number, counting from 0. */
  append(text: string): number;
  /** Throws RangeError for a number that was never returned. */
  read(record: number): string;
}

/** Creates an empty arena; records are never freed. */
export function createArena(): Arena {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const chunks: Uint8Array[] = [];
  let chunk = new Uint8Array(0);
  let used = 0;
  const chunkOf = createNumberList();
  const startOf = createNumberList();
  const endOf = createNumberList();

  return {
    append(text) {
      const neededBytes = text.length * MAX_BYTES_PER_CODE_UNIT;
      if (chunk.length - used < neededBytes) {
        chunk = new Uint8Array(Math.max(CHUNK_BYTES, neededBytes));
        chunks.push(chunk);
        used = 0;
      }
      const { written } = encoder.encodeInto(text, chunk.subarray(used));
      chunkOf.push(chunks.length - 1);
      startOf.push(used);
      used += written;
      endOf.push(used);
      return endOf.length - 1;
    },
    read(record) {
      const bytes = chunks[chunkOf.get(record)];
      return decoder.decode(bytes?.subarray(startOf.get(record), endOf.get(record)));
    },
  };
}

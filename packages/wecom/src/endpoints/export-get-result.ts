import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';

/**
 * One file of a finished export; size and checksum are those of the file as it is downloaded, that is
 * encrypted.
 */
export interface ExportFile {
  /** http or https on any host, valid for 2 hours; counts as secret. */
  readonly url: string;
  readonly size: number;
  /** 32 hexadecimal digits in lower case. */
  readonly md5: string;
}

/** How an export job stands. */
export type ExportState =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'done'; readonly files: readonly ExportFile[] };

const file = z.looseObject({
  url: z.url({ protocol: /^https?$/ }),
  size: z.int().min(0),
  md5: z.string().regex(/^[0-9a-f]{32}$/i),
});

// Unfinished jobs come with an empty list or none; what a finished one lists decides who is read, so it must
// be whole.
const answer = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal([0, 1, 3]) }),
  z.looseObject({ status: z.literal(2), data_list: z.array(file) }),
]);

/**
 * GET export/get_result: how a job of the same app stands; 40088 for any other. Source: document/path/94952.
 */
export const exportGetResult: Endpoint<{ readonly jobid: string }, z.output<typeof answer>, ExportState> = {
  method: 'GET',
  path: 'export/get_result',
  needsToken: true,
  query: ({ jobid }) => ({ jobid }),
  answer,
  read: (result) => {
    if (result.status === 3) return { kind: 'failed' };
    if (result.status !== 2) return { kind: 'running' };
    return {
      kind: 'done',
      files: result.data_list.map(({ url, size, md5 }) => ({ url, size, md5: md5.toLowerCase() })),
    };
  },
};

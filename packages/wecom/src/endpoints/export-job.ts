import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import type { OnUnexpectedField } from '../field-readers.ts';

/** Parameters of a new export job. */
interface ExportJobParams {
  /** 43 characters that the files are encrypted with; a secret. */
  readonly encodingAesKey: string;
  /** Items in one file, 10,000 to 1,000,000. */
  readonly blockSize: number;
}

/** A kind of export: how its job is submitted and what is in its files. */
export interface ExportKind<Content, Item> {
  /** Gives the job's id. */
  readonly submit: Endpoint<ExportJobParams, z.output<typeof answer>, string>;
  /** Schema of a decrypted file. */
  readonly content: z.ZodType<Content>;
  readonly readItems: (content: Content, onUnexpectedField: OnUnexpectedField) => Item[];
}

const answer = z.looseObject({ jobid: z.string().min(1) });

/** The call that submits an export job. Repeating it is harmless: it only starts another job. */
export const createExportSubmit = (
  path: 'export/department' | 'export/user',
): Endpoint<ExportJobParams, z.output<typeof answer>, string> => ({
  method: 'POST',
  path,
  needsToken: true,
  query: () => ({}),
  body: ({ encodingAesKey, blockSize }) => ({ encoding_aeskey: encodingAesKey, block_size: blockSize }),
  answer,
  read: ({ jobid }) => jobid,
});

import { readFileSync } from 'node:fs';

interface Vectors {
  readonly responses: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly errors: readonly {
    readonly api: string;
    readonly body: { readonly errcode: number; readonly errmsg: string };
  }[];
  readonly errmsg_parsing: readonly {
    readonly errmsg: string;
    readonly expect: { readonly base: string; readonly hint: string | null; readonly ip: string | null };
  }[];
  readonly errmsg_regex: string;
  readonly export_blocks: readonly {
    readonly job_type: string;
    readonly encoding_aeskey: string;
    readonly cipher_base64: string;
    readonly cipher_size: number;
    readonly cipher_md5: string;
    readonly plaintext_json: Readonly<Record<string, unknown>>;
  }[];
}

function readTestData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../test-data/${name}`, import.meta.url), 'utf8'));
}

/** Answers and errmsg texts as WeCom sends them. */
export const vectors = readTestData('wecom-vectors.json') as Vectors; // A file of ours, in this very form.

/** Every errcode that WeCom documents for contacts, apps and sign-in. */
export const documentedErrcodes = (readTestData('errcodes.json') as { readonly codes: readonly number[] })
  .codes;

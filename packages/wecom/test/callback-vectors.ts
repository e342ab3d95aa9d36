import { readFileSync } from 'node:fs';
import type { CallbackKeys, SignedMessage } from '../src/callback/open-callback.ts';

/** A message that WeCom sent, or that its own library made. */
export interface CallbackVector {
  readonly name: string;
  readonly kind: 'GET' | 'POST';
  readonly token: string;
  readonly encodingAESKey: string;
  readonly receiveid: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly msg_signature: string;
  readonly encrypt: string;
  readonly body?: string;
  readonly query?: string;
  readonly plaintext: string;
  readonly pad_length: number;
}

interface CallbackVectors {
  readonly crypto: readonly CallbackVector[];
  readonly crypto_negative: readonly {
    readonly name: string;
    readonly base?: string;
    readonly change?: Partial<CallbackVector>;
    readonly body?: string;
  }[];
  readonly callback_plaintexts: Readonly<Record<string, string>>;
  readonly crypto_json_envelope: { readonly body: string; readonly same_as: string };
}

const file = new URL('../test-data/callback-vectors.json', import.meta.url);

/** Signed and encrypted messages, right and wrong ones. */
export const callbackVectors = JSON.parse(readFileSync(file, 'utf8')) as CallbackVectors; // A file of ours.

/** The vector of that name. */
export function findVector(name: string | undefined): CallbackVector {
  const vector = callbackVectors.crypto.find((candidate) => candidate.name === name);
  if (vector === undefined) throw new Error(`There is no vector ${name}.`);
  return vector;
}

/** A vector as `openCallback` takes it. */
export const toKeysAndMessage = (vector: CallbackVector): [CallbackKeys, SignedMessage] => [
  { token: vector.token, encodingAesKey: vector.encodingAESKey, receiverId: vector.receiveid },
  {
    signature: vector.msg_signature,
    timestamp: vector.timestamp,
    nonce: vector.nonce,
    encrypt: vector.encrypt,
  },
];

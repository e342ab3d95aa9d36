import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/**
 * 43 characters hold 258 bits: the last two must be zero, since strict decoders refuse a key in which they
 * are not.
 */
const LAST_LETTERS = 'AEIMQUYcgkosw048';
const KEY_LENGTH = 43;

/** A fresh random EncodingAESKey: 43 letters and digits, base64 of 32 bytes without its padding. */
export function createEncodingAesKey(): string {
  const letters = Array.from({ length: KEY_LENGTH - 1 }, () => pick(LETTERS));
  return letters.join('') + pick(LAST_LETTERS);
}

const pick = (letters: string): string => letters.charAt(randomInt(letters.length));

const TOKEN_LENGTH = 32;

/** A fresh random Token of a callback address: 32 letters and digits. */
export const createCallbackToken = (): string =>
  Array.from({ length: TOKEN_LENGTH }, () => pick(LETTERS)).join('');

import { createHash, timingSafeEqual } from 'node:crypto';
import { decodeEncodingAesKey, decryptPadded } from '../padded-cipher.ts';
import { WecomCallbackError } from './callback-error.ts';

/** What WeCom and a callback address know of each other. */
export interface CallbackKeys {
  readonly token: string;
  /** 43 letters and digits. */
  readonly encodingAesKey: string;
  /**
   * Who messages must be meant for: the CorpID, for an enterprise's own apps and its contact-sync assistant.
   */
  readonly receiverId: string;
}

/**
 * A message as it came: the query's three values, and `encrypt` from the body, or `echostr` from the query.
 */
export interface SignedMessage {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
}

const RANDOM_BYTES = 16;
const HEADER_BYTES = RANDOM_BYTES + 4;

/**
 * Verifies and decrypts a message, then checks who it is for. Source: document/path/91144 of 2024-07-18.
 * @throws WecomCallbackError; TypeError for a key that is none
 */
export function openCallback(keys: CallbackKeys, message: SignedMessage): string {
  if (!/^[A-Za-z0-9]{43}$/.test(keys.encodingAesKey)) throw new TypeError('not an EncodingAESKey');
  if (!isSignedWith(keys.token, message)) throw new WecomCallbackError('signature', 'the signature is wrong');
  const { text, receiverId } = decryptMessage(keys.encodingAesKey, message.encrypt);
  if (receiverId !== keys.receiverId)
    throw new WecomCallbackError('receiver', 'the message is for another receiver');
  return text;
}

/** Constant-time comparison. */
function isSignedWith(token: string, { signature, timestamp, nonce, encrypt }: SignedMessage): boolean {
  const expected = createHash('sha1')
    .update([token, timestamp, nonce, encrypt].sort().join(''))
    .digest('hex');
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

/** Inside are 16 random bytes, the text's length in bytes, the text, and the receiver. */
function decryptMessage(encodingAesKey: string, encrypt: string): { text: string; receiverId: string } {
  const plain = isBase64(encrypt)
    ? decryptPadded(Buffer.from(encrypt, 'base64'), decodeEncodingAesKey(encodingAesKey))
    : undefined;
  if (plain === undefined || plain.length < HEADER_BYTES)
    throw new WecomCallbackError('undecryptable', 'not encrypted with this EncodingAESKey');
  const end = HEADER_BYTES + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) throw new WecomCallbackError('undecryptable', 'the announced length is wrong');
  return { text: decodeText(plain.subarray(HEADER_BYTES, end)), receiverId: decodeText(plain.subarray(end)) };
}

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]+={0,2}$/.test(text);

function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new WecomCallbackError('undecryptable', 'the text is not UTF-8');
  }
}

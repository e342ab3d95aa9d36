import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Encrypts what must not be readable in a copy of the database. */
export interface SecretBox {
  /** AES-256-GCM with a fresh nonce; `context` (e.g. the column) must be the same to open it again. */
  seal(text: string, context: string): Uint8Array<ArrayBuffer>;
  /**
   * @throws SealedValueError when it was sealed with neither APP_SECRET nor FORMER_APP_SECRET, or was changed.
   */
  open(sealed: Uint8Array, context: string): string;
  /** What every value sealed with APP_SECRET begins with: its format and the id of its key. */
  sealedPrefix: Uint8Array<ArrayBuffer>;
  /** HMAC-SHA-256 in hex: says whether two values are equal without telling them. */
  digest(text: string, context: string): string;
  /** The same, and that by FORMER_APP_SECRET if there is one: what may be stored of a text. */
  digests(text: string, context: string): string[];
  /** A key for another use, e.g. signing cookies. */
  deriveKey(purpose: string): Buffer;
  /** The same, and that of FORMER_APP_SECRET if there is one: what was signed with either still holds. */
  deriveKeys(purpose: string): Buffer[];
}

export class SealedValueError extends Error {
  override name = 'SealedValueError';
}

/** Format 1, before 2026-11-27, named no key. */
const formats = { withoutKeyId: 1, withKeyId: 2 } as const;
const keyIdLength = 4;
const nonceLength = 12;
const tagLength = 16;

/**
 * @param formerAppSecret the one before the last change: it opens what was sealed with it and seals nothing
 */
export function createSecretBox(appSecret: string, formerAppSecret?: string): SecretBox {
  const current = deriveSealingKey(appSecret);
  const known = [current, ...(formerAppSecret === undefined ? [] : [deriveSealingKey(formerAppSecret)])];
  const toDigestKey = (secret: string) => createSecretKey(derive(secret, 'digest'));
  const digestKey = toDigestKey(appSecret);
  const digestKeys = known.map(({ appSecret }) => toDigestKey(appSecret));
  const digestBy = (key: KeyObject, text: string, context: string) =>
    createHmac('sha256', key).update(`${context}\0${text}`).digest('hex');
  const sealedPrefix = new Uint8Array([formats.withKeyId, ...current.id]);
  return {
    deriveKey: (purpose) => derive(appSecret, purpose),
    deriveKeys: (purpose) => known.map(({ appSecret }) => derive(appSecret, purpose)),
    sealedPrefix,
    seal: (text, context) => {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return new Uint8Array(Buffer.concat([sealedPrefix, nonce, cipher.getAuthTag(), body]));
    },
    open: (sealed, context) => {
      const { keys, rest } = findKeys(known, sealed);
      const texts = keys.map(({ key }) => decrypt(key, rest, context));
      const text = texts.find((opened) => opened !== undefined);
      if (text === undefined) throw new SealedValueError(`A sealed ${context} cannot be opened.`);
      return text;
    },
    digest: (text, context) => digestBy(digestKey, text, context),
    digests: (text, context) => digestKeys.map((key) => digestBy(key, text, context)),
  };
}

interface SealingKey {
  appSecret: string;
  key: Buffer;
  /** Tells keys apart, and nothing else of them. */
  id: Buffer;
}

const derive = (appSecret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', appSecret, 'orgmirror', purpose, 32));

const deriveSealingKey = (appSecret: string): SealingKey => ({
  appSecret,
  key: derive(appSecret, 'sealing'),
  id: derive(appSecret, 'sealing-key-id').subarray(0, keyIdLength),
});

/** Which keys may open a value, and what of it they open: before there were ids, any of them. */
function findKeys(known: readonly SealingKey[], sealed: Uint8Array) {
  if (sealed[0] === formats.withoutKeyId) return { keys: known, rest: sealed.subarray(1) };
  const id = sealed.subarray(1, 1 + keyIdLength);
  const keys = sealed[0] === formats.withKeyId ? known.filter((key) => key.id.equals(id)) : [];
  return { keys, rest: sealed.subarray(1 + keyIdLength) };
}

/** Undefined when the key is another one, or a byte was changed. */
function decrypt(key: Buffer, sealed: Uint8Array, context: string): string | undefined {
  const nonce = sealed.subarray(0, nonceLength);
  const tag = sealed.subarray(nonceLength, nonceLength + tagLength);
  if (tag.length < tagLength) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
  const body = decipher.update(sealed.subarray(nonceLength + tagLength));
  try {
    return Buffer.concat([body, decipher.final()]).toString('utf8');
  } catch {
    return undefined; // all that `final` throws: the tag does not match
  }
}

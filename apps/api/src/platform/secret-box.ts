import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

/** Encrypts what must not be readable in a copy of the database. */
export interface SecretBox {
  /** AES-256-GCM with a fresh nonce; `context` (e.g. the column) must be the same to open it again. */
  seal(text: string, context: string): Uint8Array<ArrayBuffer>;
  /**
   * @throws SealedValueError when APP_SECRET differs from the one it was sealed with, or the value was
   * changed.
   */
  open(sealed: Uint8Array, context: string): string;
  /** HMAC-SHA-256 in hex: says whether two values are equal without telling them. */
  digest(text: string, context: string): string;
  /** A key for another use, e.g. signing cookies. */
  deriveKey(purpose: string): Buffer;
}

export class SealedValueError extends Error {
  override name = 'SealedValueError';
}

const formatVersion = 1;
const nonceLength = 12;
const tagLength = 16;

export function createSecretBox(appSecret: string): SecretBox {
  const deriveKey = (purpose: string) => Buffer.from(hkdfSync('sha256', appSecret, 'orgmirror', purpose, 32));
  const sealingKey = deriveKey('sealing');
  const digestKey = createSecretKey(deriveKey('digest'));
  return {
    deriveKey,
    seal: (text, context) => {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return new Uint8Array(Buffer.concat([Buffer.of(formatVersion), nonce, cipher.getAuthTag(), body]));
    },
    open: (sealed, context) => {
      try {
        const nonce = sealed.subarray(1, 1 + nonceLength);
        const tag = sealed.subarray(1 + nonceLength, 1 + nonceLength + tagLength);
        const decipher = createDecipheriv('aes-256-gcm', sealingKey, nonce, { authTagLength: tagLength });
        decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
        const body = sealed.subarray(1 + nonceLength + tagLength);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new SealedValueError(`A sealed ${context} cannot be opened.`, { cause });
      }
    },
    digest: (text, context) => createHmac('sha256', digestKey).update(`${context}\0${text}`).digest('hex'),
  };
}

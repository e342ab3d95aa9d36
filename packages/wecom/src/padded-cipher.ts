import { createDecipheriv } from 'node:crypto';

const AES_BLOCK_BYTES = 16;
const PADDED_TO_BYTES = 32;

/** The 32 bytes of a key of 43 letters and digits. */
export const decodeEncodingAesKey = (key: string): Buffer => Buffer.from(`${key}=`, 'base64');

/**
 * Decrypts what WeCom encrypts, files of exports and callbacks alike: AES-256-CBC, the first half of the key
 * as IV, PKCS#7 to 32 bytes, every byte of which is checked. Undefined when it was not encrypted with this
 * key.
 */
export function decryptPadded(cipher: Buffer, key: Buffer): Buffer | undefined {
  if (cipher.length === 0 || cipher.length % AES_BLOCK_BYTES !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, AES_BLOCK_BYTES));
  decipher.setAutoPadding(false); // node strips only paddings of up to 16 bytes
  const padded = Buffer.concat([decipher.update(cipher), decipher.final()]);
  const padLength = padded.at(-1) ?? 0;
  if (padLength < 1 || padLength > PADDED_TO_BYTES || padLength > padded.length) return undefined;
  const pad = padded.subarray(-padLength);
  if (pad.some((byte) => byte !== padLength)) return undefined;
  return padded.subarray(0, padded.length - padLength);
}

import { createCipheriv, createHash } from 'node:crypto';

/**
 * Encrypts as WeCom encrypts the files of an export: AES-256-CBC, IV = first half of the key, PKCS#7 to 32
 * bytes.
 */
export function encryptFile(plain: string | Buffer, encodingAesKey: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const bytes = Buffer.from(plain as string); // Buffer.from takes both
  const padLength = 32 - (bytes.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([bytes, Buffer.alloc(padLength, padLength)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]);
}

/** What export/get_result says about a file. */
export const announce = (file: Buffer): { readonly size: number; readonly md5: string } => ({
  size: file.length,
  md5: createHash('md5').update(file).digest('hex'),
});

import { createCipheriv } from 'node:crypto';

/** How a file may look: encrypted bytes, the same as base64 text, or with the header that callbacks have. */
export const exportFormats = ['bytes', 'base64', 'withHeader'] as const;

/** One of `exportFormats`. */
export type ExportFormat = (typeof exportFormats)[number];

const padToBytes = 32;
const randomBytes = 16;

function addHeader(text: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.byteLength);
  // The same at every download, as the checksum was given before.
  return Buffer.concat([Buffer.alloc(randomBytes, 'r'), length, text]);
}

/** Encrypts a file of an export: AES-256-CBC, the first half of the key as IV, PKCS#7 to 32 bytes. */
export function makeExportFile(text: string, encodingAesKey: string, format: ExportFormat): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const plain = format === 'withHeader' ? addHeader(Buffer.from(text)) : Buffer.from(text);
  const padLength = padToBytes - (plain.byteLength % padToBytes);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const file = Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(padLength, padLength)),
    cipher.final(),
  ]);
  return format === 'base64' ? Buffer.from(file.toString('base64')) : file;
}

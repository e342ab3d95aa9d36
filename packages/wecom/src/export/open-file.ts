import { createHash } from 'node:crypto';
import type { ExportFile } from '../endpoints/export-get-result.ts';
import { WecomResponseError } from '../errors.ts';
import { decodeEncodingAesKey, decryptPadded } from '../padded-cipher.ts';

/** Names the download of a file in errors and events; not a path of WeCom's. */
export const EXPORT_DOWNLOAD = 'export/download';

const AES_BLOCK_BYTES = 16;
/** Callbacks begin with 16 random bytes and the length of what follows; no page says whether exports do. */
const RANDOM_BYTES = 16;
const HEADER_BYTES = 20;

/** The error for an export that cannot be trusted; `maybeCutOff` when downloading once more may help. */
export function buildMismatch(reason: string, maybeCutOff = false): WecomResponseError {
  return new WecomResponseError('exportMismatch', EXPORT_DOWNLOAD, reason, { maybeCutOff });
}

/**
 * Checks a downloaded file against what was announced and decrypts it: AES-256-CBC, the first half of the key
 * as IV, PKCS#7 to 32 bytes, JSON inside. Whether files come as bytes or as base64 text, and with or without
 * the header of callbacks, is documented nowhere, so all of these are understood.
 * @throws WecomResponseError of kind exportMismatch
 */
export function openExportFile(
  file: Buffer,
  announced: Pick<ExportFile, 'size' | 'md5'>,
  encodingAesKey: string,
): unknown {
  const decoded = decodeBase64Text(file);
  checkAnnounced(decoded === undefined ? [file] : [file, decoded], announced);
  return parseContent(decrypt(decoded ?? file, decodeEncodingAesKey(encodingAesKey)));
}

/** The bytes behind a file of nothing but base64 text; undefined for any other file. */
function decodeBase64Text(file: Buffer): Buffer | undefined {
  // Encrypted bytes fail this at the first ones; only what passes is looked at whole.
  const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/\r\n]*={0,2}$/.test(text.trimEnd());
  if (!isBase64(file.toString('latin1', 0, AES_BLOCK_BYTES)) || !isBase64(file.toString('latin1')))
    return undefined;
  return Buffer.from(file.toString('latin1'), 'base64');
}

/**
 * Size and checksum are "of the ciphertext": of a base64 file that may mean the text or the bytes behind it.
 */
function checkAnnounced(forms: readonly Buffer[], { size, md5 }: Pick<ExportFile, 'size' | 'md5'>): void {
  const sized = forms.filter((form) => form.length === size);
  if (sized.length === 0)
    throw buildMismatch(`the file has ${forms[0]?.length} bytes, ${size} were announced`, true);
  if (!sized.some((form) => createHash('md5').update(form).digest('hex') === md5))
    throw buildMismatch('the file has another MD5 than announced', true);
}

function decrypt(cipher: Buffer, key: Buffer): Buffer {
  if (cipher.length === 0 || cipher.length % AES_BLOCK_BYTES !== 0)
    throw buildMismatch(`the file's ${cipher.length} bytes are no whole number of AES blocks`);
  const plain = decryptPadded(cipher, key);
  if (plain === undefined) throw buildMismatch('the file cannot be decrypted with the key of this job');
  return plain;
}

function parseContent(plain: Buffer): unknown {
  const content = parseJson(plain) ?? parseJson(dropHeader(plain));
  if (content === undefined) throw buildMismatch('the decrypted file is not complete JSON');
  return content;
}

function dropHeader(plain: Buffer): Buffer {
  if (plain.length < HEADER_BYTES) return plain;
  const length = plain.readUInt32BE(RANDOM_BYTES);
  return plain.subarray(HEADER_BYTES, Math.min(HEADER_BYTES + length, plain.length));
}

function parseJson(bytes: Buffer): unknown {
  if (bytes.at(0) !== '{'.charCodeAt(0)) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // No cause is kept: the parser's message quotes the content, which is personal data.
    return undefined;
  }
}

import { describe, expect, test } from 'vitest';
import { announce, encryptFile } from '../../test/export-files.ts';
import { vectors } from '../../test/vectors.ts';
import { createEncodingAesKey } from '../encoding-aes-key.ts';
import { decodeEncodingAesKey } from '../padded-cipher.ts';
import { openExportFile } from './open-file.ts';

const KEY = vectors.export_blocks[0]!.encoding_aeskey;
const OTHER_KEY = createEncodingAesKey();
const CONTENT = { userlist: [{ userid: 'zhangsan', name: '张三 😀' }] };
const TEXT = JSON.stringify(CONTENT);

const open = (file: Buffer, key = KEY, announced = announce(file)): unknown =>
  openExportFile(file, announced, key);

describe('a file of an export', () => {
  test.each(vectors.export_blocks)(
    'of $job_type opens to its content',
    ({ encoding_aeskey, cipher_base64, cipher_size, cipher_md5, plaintext_json }) => {
      const file = Buffer.from(cipher_base64, 'base64');
      const announced = { size: cipher_size, md5: cipher_md5 };
      expect(open(file, encoding_aeskey, announced)).toEqual(plaintext_json);
      expect(open(Buffer.from(cipher_base64), encoding_aeskey, announced)).toEqual(plaintext_json);
    },
  );

  test('opens when it is base64 text in lines and the checksum is that of the text', () => {
    const text = encryptFile(TEXT, KEY).toString('base64').replace(/.{64}/g, '$&\r\n');
    expect(open(Buffer.from(`${text}\n`))).toEqual(CONTENT);
  });

  test.each([['r'], ['{']])(
    'opens when 16 random bytes, a length and the receiver surround its content (%s)',
    (first) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(TEXT));
      const plain = Buffer.concat([
        Buffer.from(first.padEnd(16, '0')),
        length,
        Buffer.from(TEXT),
        Buffer.from('ww1'),
      ]);
      expect(open(encryptFile(plain, KEY))).toEqual(CONTENT);
    },
  );

  test.each([0, 1, 15, 16, 31, 32])('opens at any length (%i more bytes)', (more) => {
    const content = { userlist: [], x: 'x'.repeat(more) };
    expect(open(encryptFile(JSON.stringify(content), KEY))).toEqual(content);
  });
});

describe('a file that is not what was announced', () => {
  const file = encryptFile(TEXT, KEY);
  test.each([
    ['one byte too few', file.subarray(1), announce(file), /bytes, \d+ were announced/, true],
    ['another checksum', file, { ...announce(file), md5: '0'.repeat(32) }, /another MD5/, true],
    ['encrypted with another key', encryptFile(TEXT, OTHER_KEY), undefined, /cannot be decrypted/, false],
    ['cut off at a block', file.subarray(0, 32), undefined, /cannot be decrypted/, false],
    ['cut off inside a block', file.subarray(0, 33), undefined, /no whole number of AES blocks/, false],
    ['empty', Buffer.alloc(0), undefined, /0 bytes/, false],
    ['half its JSON', encryptFile(TEXT.slice(0, 20), KEY), undefined, /not complete JSON/, false],
    ['text of another kind', encryptFile('<html>', KEY), undefined, /not complete JSON/, false],
  ])(
    '%s is refused and its content stays out of the error',
    (_fact, body, announced, reason, maybeCutOff) => {
      const attempt = (): unknown => open(body, KEY, announced ?? announce(body));
      expect(attempt).toThrow(reason);
      expect(attempt).toThrow(expect.objectContaining({ kind: 'exportMismatch', maybeCutOff }));
      expect(attempt).not.toThrow(/zhangsan|张三/);
    },
  );

  test.each([0, 33])('a last byte of %i is no padding', (last) => {
    const key = decodeEncodingAesKey(KEY);
    expect(key).toHaveLength(32);
    const padded = Buffer.concat([Buffer.from(TEXT.padEnd(63)), Buffer.from([last])]);
    const unpadded = encryptFile(padded, KEY).subarray(0, 64);
    expect(() => open(unpadded)).toThrow(/cannot be decrypted/);
  });
});

describe('the key of a job', () => {
  test('is fresh, 43 letters and digits, and base64 that strict decoders take', () => {
    const keys = Array.from({ length: 200 }, createEncodingAesKey);
    expect(new Set(keys).size).toBe(200);
    for (const key of keys) {
      expect(key).toMatch(/^[A-Za-z0-9]{43}$/);
      expect(decodeEncodingAesKey(key).toString('base64')).toBe(`${key}=`);
    }
  });
});

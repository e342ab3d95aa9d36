import { createCipheriv, randomBytes } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callbackVectors, findVector, toKeysAndMessage } from '../../test/callback-vectors.ts';
import { createCallbackToken, createEncodingAesKey } from '../encoding-aes-key.ts';
import { decodeEncodingAesKey } from '../padded-cipher.ts';
import { type CallbackKeys, openCallback } from './open-callback.ts';
import { readEnvelope } from './read-envelope.ts';

const keys: CallbackKeys = {
  token: createCallbackToken(),
  encodingAesKey: createEncodingAesKey(),
  receiverId: 'ww0123456789abcdef',
};

const sign = (encrypted: string, { token } = keys) => ({
  signature: getSignature(token, '1660532400', 'n', encrypted),
  timestamp: '1660532400',
  nonce: 'n',
  encrypt: encrypted,
});

/** Encrypts bytes as they are, rightly padded or not. */
function encryptBytes(bytes: Buffer): string {
  const key = decodeEncodingAesKey(keys.encodingAesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
}

/** 16 random bytes, an announced length, the rest, and a padding of `pad` bytes of the value `padByte`. */
function pack(length: number, rest: Buffer | string, pad?: number, padByte = pad): Buffer {
  const announced = Buffer.alloc(4);
  announced.writeUInt32BE(length);
  const content = Buffer.concat([randomBytes(16), announced, Buffer.from(rest as string)]);
  const padLength = pad ?? 32 - (content.length % 32);
  return Buffer.concat([content, Buffer.alloc(padLength, padByte ?? padLength)]);
}

describe('the vectors', () => {
  it.each(callbackVectors.crypto)('$name gives its plaintext', (vector) => {
    expect(openCallback(...toKeysAndMessage(vector))).toBe(vector.plaintext);
  });

  it.each(callbackVectors.crypto.filter(({ body }) => body))('$name is found in its envelope', (vector) => {
    expect(readEnvelope(vector.body ?? '')).toBe(vector.encrypt);
  });

  it('a JSON envelope is taken too', () => {
    const { body, same_as } = callbackVectors.crypto_json_envelope;
    expect(readEnvelope(body)).toBe(findVector(same_as).encrypt);
  });

  it.each([
    ['signature_one_char_off', { kind: 'signature' }],
    ['wrong_receiveid', { kind: 'receiver' }],
    ['plus_decoded_as_space', { kind: 'signature' }],
    ['key_42_chars', { name: 'TypeError' }],
    ['key_44_chars', { name: 'TypeError' }],
  ])('%s is refused', (name, expected) => {
    const negative = callbackVectors.crypto_negative.find((candidate) => candidate.name === name);
    const base = findVector(negative?.base ?? 'official_post_text');
    const open = () => openCallback(...toKeysAndMessage({ ...base, ...negative?.change }));
    expect(open).toThrow(expect.objectContaining(expected));
  });

  it('pad_30 is a padding that only 32 bytes allow', () => {
    expect(findVector('official_post_text').pad_length).toBe(30);
  });

  it('xxe is refused', () => {
    const { body } = callbackVectors.crypto_negative.find(({ name }) => name === 'xxe') ?? {};
    expect(() => readEnvelope(body ?? '')).toThrow(expect.objectContaining({ kind: 'malformed' }));
  });
});

describe('a message made by WeCom’s own library', () => {
  it('is opened with any content', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const message = sign(encrypt(keys.encodingAesKey, text, keys.receiverId));
        expect(openCallback(keys, message)).toBe(text.toWellFormed());
      }),
      { seed: 20_260_911 },
    );
  });

  it.each(Array.from({ length: 33 }, (_, index) => index))('is opened with %i bytes of text', (length) => {
    const text = 'x'.repeat(length);
    expect(openCallback(keys, sign(encrypt(keys.encodingAesKey, text, keys.receiverId)))).toBe(text);
  });

  it('is refused when a single character of anything signed is another', () => {
    const message = sign(encrypt(keys.encodingAesKey, 'hello', keys.receiverId));
    for (const part of ['signature', 'timestamp', 'nonce', 'encrypt'] as const) {
      const changed = { ...message, [part]: `${message[part].slice(0, -1)}~` };
      expect(() => openCallback(keys, changed)).toThrow(expect.objectContaining({ kind: 'signature' }));
    }
  });

  it.each(['', 'x', 'a'.repeat(39), 'a'.repeat(41), 'é'.repeat(40)])(
    'is refused with the signature %j',
    (signature) => {
      const message = { ...sign(encrypt(keys.encodingAesKey, 'hello', keys.receiverId)), signature };
      expect(() => openCallback(keys, message)).toThrow(expect.objectContaining({ kind: 'signature' }));
    },
  );

  it.each(['ww0123456789abcde', 'WW0123456789ABCDEF', '', 'ww0123456789abcdef '])(
    'is refused for the receiver %j',
    (receiver) => {
      const message = sign(encrypt(keys.encodingAesKey, 'hello', receiver));
      expect(() => openCallback(keys, message)).toThrow(expect.objectContaining({ kind: 'receiver' }));
    },
  );
});

describe('a rightly signed message that is not rightly encrypted', () => {
  const good = pack(5, `hello${keys.receiverId}`);
  it.each<[string, string]>([
    ['nothing', ''],
    ['no base64', '***'],
    ['base64 with a blank', `${encryptBytes(good).slice(0, 20)} ${encryptBytes(good).slice(20)}`],
    ['half a block', Buffer.alloc(8).toString('base64')],
    ['another key', encrypt(createEncodingAesKey(), 'hello', keys.receiverId)],
    ['a padding of 0', encryptBytes(pack(5, Buffer.alloc(12, 1), 32, 0))],
    ['a padding of 33', encryptBytes(pack(5, 'x'.repeat(11), 33))],
    [
      'a padding byte that differs',
      encryptBytes(Buffer.concat([good.subarray(0, -2), Buffer.of(9, good.at(-1) ?? 1)])),
    ],
    ['nothing but padding', encryptBytes(Buffer.alloc(32, 32))],
    ['less than a header', encryptBytes(Buffer.alloc(32, 16))],
    ['a length beyond the end', encryptBytes(pack(500, 'hello'))],
    ['a length of 4 GB', encryptBytes(pack(2 ** 32 - 1, 'hello'))],
    [
      'bytes that are no UTF-8',
      encryptBytes(pack(2, Buffer.concat([Buffer.of(0xc3, 0x28), Buffer.from(keys.receiverId)]))),
    ],
  ])('is refused: %s', (_, encrypted) => {
    expect(() => openCallback(keys, sign(encrypted))).toThrow(
      expect.objectContaining({ kind: 'undecryptable' }),
    );
  });

  it('reveals nothing of it in the error', () => {
    try {
      openCallback(keys, sign(encrypt(createEncodingAesKey(), 'confidential', keys.receiverId)));
    } catch (error) {
      expect(String(error)).not.toMatch(/confidential/);
      expect(JSON.stringify(error)).not.toContain(keys.token);
    }
  });
});

describe('an envelope that is none', () => {
  it.each([
    '',
    'hello',
    '{}',
    '{',
    '[]',
    '{"encrypt":""}',
    '{"encrypt":1}',
    '{"encrypt":{"$gt":""}}',
    '<xml/>',
    '<xml></xml>',
    '<xml><Encrypt></Encrypt></xml>',
    '<xml><Encrypt><![CDATA[]]></Encrypt></xml>',
    '<xml><Encrypt>x</xml>',
    '<xml><Encrypt>x</Encrypt>',
    '<xml><Encrypt>&unknown;</Encrypt></xml>',
    '<xml><Encrypt>x</Encrypt></xml><xml/>',
    '<!doctype xml><xml><Encrypt>x</Encrypt></xml>',
    '<?xml version="1.0"?><!DOCTYPE xml SYSTEM "http://example.invalid/x.dtd"><xml><Encrypt>x</Encrypt></xml>',
    '<xml><Encrypt>\u0000</Encrypt></xml>',
    `${'<a>'.repeat(20)}${'</a>'.repeat(20)}`,
    '<a>'.repeat(100_000),
  ])('is refused: %.60j', (body) => {
    expect(() => readEnvelope(body)).toThrow(expect.objectContaining({ kind: 'malformed' }));
  });

  it.each([
    '<xml><Encrypt>abc</Encrypt></xml>',
    '<xml>\n  <ToUserName>w</ToUserName>\n  <Encrypt>\n <![CDATA[abc]]>\n</Encrypt>\n</xml>\n',
    '\uFEFF<?xml version="1.0" encoding="utf-8"?><xml><Encrypt><![CDATA[abc]]></Encrypt></xml>',
    ' {"tousername":"w","encrypt":"abc","agentid":""}',
  ])('is told from one that is: %.60j', (body) => {
    expect(readEnvelope(body)).toBe('abc');
  });
});

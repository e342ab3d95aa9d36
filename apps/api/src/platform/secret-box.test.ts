import { describe, expect, it } from 'vitest';
import { createSecretBox, SealedValueError } from './secret-box.ts';

const box = createSecretBox('a'.repeat(32));

describe('a sealed value', () => {
  it.each(['', 'secret', '密钥 🔑', 'x'.repeat(100_000)])('opens again', (text) => {
    expect(box.open(box.seal(text, 'here'), 'here')).toBe(text);
  });

  it('opens in another process with the same APP_SECRET', () => {
    expect(createSecretBox('a'.repeat(32)).open(box.seal('text', 'here'), 'here')).toBe('text');
  });

  it('differs each time and does not show the text', () => {
    const [first, second] = [box.seal('plain text', 'here'), box.seal('plain text', 'here')];
    expect(first).not.toEqual(second);
    expect(Buffer.from(first).includes('plain')).toBe(false);
  });

  it('does not open for another use or with another APP_SECRET', () => {
    const sealed = box.seal('text', 'here');
    expect(() => box.open(sealed, 'there')).toThrow(SealedValueError);
    expect(() => createSecretBox('b'.repeat(32)).open(sealed, 'here')).toThrow(SealedValueError);
  });

  it('does not open when any byte behind the version was changed, or some are missing', () => {
    const sealed = box.seal('text', 'here');
    for (let at = 1; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(() => box.open(changed, 'here')).toThrow(SealedValueError);
    }
    for (let length = 0; length < sealed.length; length++)
      expect(() => box.open(sealed.slice(0, length), 'here')).toThrow(SealedValueError);
  });
});

describe('a digest', () => {
  it('tells equal from different without telling the value', () => {
    expect(box.digest('a', 'here')).toBe(box.digest('a', 'here'));
    expect(box.digest('a', 'here')).not.toBe(box.digest('b', 'here'));
    expect(box.digest('a', 'here')).not.toBe(box.digest('a', 'there'));
    expect(box.digest('a', 'here')).not.toBe(createSecretBox('b'.repeat(32)).digest('a', 'here'));
  });

  it('is HMAC-SHA-256 with a key that HKDF derives: stored ones stay valid', () => {
    // Computed with Python's hmac and hashlib.
    expect(box.digest('a', 'here')).toBe('9961b9c064febd20e7e2248b6ae006c655d0f46408293339d23b252c32aef406');
  });
});

it('gives each use a key of its own', () => {
  expect(box.deriveKey('session')).toHaveLength(32);
  expect(box.deriveKey('session')).not.toEqual(box.deriveKey('setup'));
});

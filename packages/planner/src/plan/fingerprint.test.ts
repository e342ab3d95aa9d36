import { describe, expect, it } from 'vitest';
import type { Change } from '../index.ts';
import { digest } from '../test/corp.ts';
import { createFingerprint } from './fingerprint.ts';

function moveTo(parentId: number, key = '1'): Change {
  const departmentId = Number(key);
  const after = { parentId, name: 'n' };
  return {
    entity: 'department',
    key,
    departmentId,
    name: 'n',
    kind: 'move',
    before: { parentId: 1, name: 'm' },
    after,
  };
}

function fingerprintOf(changes: readonly Change[], baseRevision = 'r') {
  const fingerprint = createFingerprint({ digest, baseRevision });
  for (const change of changes) fingerprint.add(change);
  return fingerprint.finish();
}

describe('a fingerprint', () => {
  it('differs with the base revision, with any change and with their order', () => {
    const plans = [
      [],
      [moveTo(2)],
      [moveTo(3)],
      [moveTo(2, '4')],
      [moveTo(2), moveTo(3)],
      [moveTo(3), moveTo(2)],
    ];
    const fingerprints = [...plans.map((changes) => fingerprintOf(changes)), fingerprintOf([], 's')];
    expect(new Set(fingerprints).size).toBe(plans.length + 1);
  });

  it('does not depend on the order of names, so a change read back from a store counts as the same', () => {
    const change = moveTo(2);
    const stored = { ...change, after: { name: 'n', parentId: 2 } } as Change;
    expect(fingerprintOf([stored])).toBe(fingerprintOf([change]));
  });

  it('covers changes beyond the first block of text', () => {
    const many = Array.from({ length: 2000 }, (_, index) => moveTo(2, String(index)));
    const other = [moveTo(3, '0'), ...many.slice(1)];
    expect(fingerprintOf(many)).not.toBe(fingerprintOf(other));
    expect(fingerprintOf(many)).not.toBe(fingerprintOf(many.slice(0, -1)));
  });

  it('digests block by block, neither each change by itself nor the whole plan at once', () => {
    const lengths: number[] = [];
    const countingDigest = (text: string) => {
      lengths.push(text.length);
      return digest(text);
    };
    const fingerprint = createFingerprint({ digest: countingDigest, baseRevision: 'r' });
    for (let index = 0; index < 2000; index++) fingerprint.add(moveTo(2, String(index)));
    fingerprint.finish();
    expect(lengths.length).toBeGreaterThan(1);
    expect(lengths.length).toBeLessThan(20);
    expect(Math.max(...lengths)).toBeLessThan(100_000);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedact } from './redaction.ts';

const secrets = fc.string({ minLength: 12, maxLength: 60, unit: 'binary' });

test('no known secret survives, plain or URL-encoded, in any surroundings', () => {
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
      const redact = createRedact([secret]);
      const encoded = new URLSearchParams({ x: secret }).toString().slice(2);
      for (const form of [secret, encoded, encodeURIComponent(secret)]) {
        expect(redact(`${before}${form}${after}`)).not.toContain(form);
      }
    }),
    { seed: Number(process.env.PROPERTY_SEED ?? 20_260_911) },
  );
});

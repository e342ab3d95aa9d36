import type { Endpoint } from '@orgmirror/contracts';
import fc from 'fast-check';
import * as z from 'zod';

const junk = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.constantFrom('apply', true, ''),
);

/**
 * What the endpoint's own schema is made of, with any values in its places, and any JSON at all. The real WeCom secret
 * never occurs.
 */
export const anyBody = ({ body }: Endpoint): fc.Arbitrary<unknown> =>
  body === undefined ? fc.jsonValue() : fc.oneof(anyFitting(body), fc.jsonValue());

/** Of objects some of the fields, of unions each kind, of a closed list of values one of them; often junk instead. */
function anyFitting(schema: unknown): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return anyFitting(schema.unwrap());
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(anyFitting));
  if (schema instanceof z.ZodObject)
    return fc.record(
      Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, anyField(field)])),
      { requiredKeys: [] },
    );
  if (schema instanceof z.ZodArray) return fc.array(anyField(schema.element), { maxLength: 4 });
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  return junk;
}

const anyField = (schema: unknown): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: anyFitting(schema) }, { weight: 1, arbitrary: junk });

const anyCell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('userid', 'ChenXing', '=1+1', '"', '""', '', '\ufeff', '2026-02-30'),
);

/** Tables as CSV with any cells, in several encodings, what begins like an xlsx file, and any bytes. */
export const anyFile: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc
    .tuple(
      fc.array(fc.array(anyCell, { maxLength: 5 }), { maxLength: 6 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom<BufferEncoding>('utf8', 'utf16le', 'latin1'),
    )
    .map(([rows, separator, encoding]) =>
      Buffer.from(['userid', ...rows.map((row) => row.join(separator))].join('\n'), encoding),
    ),
  fc
    .uint8Array({ maxLength: 500 })
    .map((bytes) => Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), bytes])),
  fc.uint8Array({ maxLength: 500 }),
);

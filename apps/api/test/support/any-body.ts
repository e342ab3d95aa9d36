import type { Endpoint } from '@orgmirror/contracts';
import fc from 'fast-check';

/**
 * Objects with the endpoint's own field names and any values, and any JSON at all. The real WeCom secret
 * never occurs.
 */
export function anyBody(endpoint: Endpoint): fc.Arbitrary<unknown> {
  const shape = endpoint.body && 'shape' in endpoint.body ? (endpoint.body.shape as object) : {};
  const value = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.constantFrom('apply', true, ''),
  );
  const fields = Object.fromEntries(Object.keys(shape).map((name) => [name, value]));
  return fc.oneof(fc.record(fields, { requiredKeys: [] }), fc.jsonValue());
}

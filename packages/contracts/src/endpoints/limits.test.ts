import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { endpoints } from './index.ts';

const named = Object.entries<Endpoint>(endpoints);

describe('a request', () => {
  it.each(named)('%s limits every text, list and record of its requests', (_, { params, query, body }) => {
    const parts = { params, query, body };
    const unlimited = Object.entries(parts).flatMap(([name, schema]) =>
      schema === undefined ? [] : listUnlimited(schema, name),
    );
    expect(unlimited).toEqual([]);
  });
});

describe('the walk through a schema', () => {
  it.each([
    ['a text', z.string(), ['x: text']],
    ['a text by an open pattern', z.string().regex(/^[a-z]+$/), ['x: text']],
    ['a text by a closed pattern', z.string().regex(/^[a-z]{1,8}$/), []],
    ['a list', z.array(z.enum(['a', 'b'])).optional(), ['x: list']],
    ['a list of texts', z.array(z.string()).max(3), ['x[]: text']],
    ['a record', z.record(z.string(), z.string().max(3)).default({}), ['x: record', 'x{}: text']],
    ['one of several', z.union([z.literal(''), z.strictObject({ y: z.string() })]), ['x.y: text']],
    ['any JSON', z.unknown(), ['x: unknown']],
    ['what is limited', z.strictObject({ y: z.string().trim().max(3), z: z.uuid().nullable() }), []],
  ])('finds in %s what has no limit', (_, schema, unlimited) => {
    expect(listUnlimited(schema, 'x')).toEqual(unlimited);
  });
});

/** Paths of what has no maximum. A kind of schema that this does not know counts as unlimited. */
function listUnlimited(schema: z.core.$ZodType, path: string): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod; // the union of all kinds there are
  const own = (isLimited: boolean, kind: string) => (isLimited ? [] : [`${path}: ${kind}`]);
  switch (def.type) {
    case 'string':
      return own(hasMaximum(schema) || hasClosedPattern(schema), 'text');
    case 'array':
      return [...own(hasMaximum(schema), 'list'), ...listUnlimited(def.element, `${path}[]`)];
    case 'record':
      return [
        ...own(z.globalRegistry.get(schema)?.maxProperties !== undefined, 'record'),
        ...[def.keyType, def.valueType].flatMap((part) => listUnlimited(part, `${path}{}`)),
      ];
    case 'object':
      return Object.entries(def.shape).flatMap(([name, field]) => listUnlimited(field, `${path}.${name}`));
    case 'union':
      return def.options.flatMap((option) => listUnlimited(option, path));
    case 'optional':
    case 'nullable':
    case 'default':
      return listUnlimited(def.innerType, path);
    case 'pipe':
      // Of a text that stands for a boolean only a few are taken.
      if ((def.out as z.core.$ZodTypes)._zod.def.type === 'boolean') return [];
      return [...listUnlimited(def.in, path), ...listUnlimited(def.out, path)];
    case 'boolean':
    case 'number':
    case 'enum':
    case 'literal':
    case 'transform':
      return [];
    default:
      return [`${path}: ${def.type}`];
  }
}

interface Check {
  check?: string;
  pattern?: RegExp;
}

/** What a schema checks; one of a format is a check itself. */
const listChecks = ({ _zod: { def } }: z.core.$ZodType): Check[] =>
  [def as object, ...(def.checks ?? []).map((check) => check._zod.def)] as Check[]; // by the kind of each

const hasMaximum = (schema: z.core.$ZodType): boolean =>
  listChecks(schema).some(({ check }) => check === 'max_length' || check === 'length_equals');

/** Whether a pattern of the whole text repeats nothing without end. */
const hasClosedPattern = (schema: z.core.$ZodType): boolean =>
  listChecks(schema).some(
    ({ pattern }) =>
      pattern !== undefined && /^\^.*\$$/.test(pattern.source) && !/[*+]|\{\d+,\}/.test(pattern.source),
  );

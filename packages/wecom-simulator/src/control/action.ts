import { z } from 'zod';
import type { SimulatorState } from '../simulator-state.ts';

/** One thing that can be asked of `/simulator/<name>` by POST, as JSON or from a form of the demo page. */
export interface ControlAction {
  /**
   * Checks the input and does it; gives what JSON callers get back. Throws, or rejects with, ZodError or
   * VendorError.
   */
  perform(state: SimulatorState, input: unknown): unknown;
}

/** Ties an input schema to what is done with it. */
export function defineAction<Schema extends z.ZodType>(
  schema: Schema,
  perform: (state: SimulatorState, input: z.output<Schema>) => unknown,
): ControlAction {
  return { perform: (state, input) => perform(state, schema.parse(input)) };
}

/** A whole number, as JSON or as digits from a form. */
export const numberField = z.union([
  z.int(),
  z
    .string()
    .regex(/^\s*\d{1,15}\s*$/)
    .transform(Number),
]);

/** Several whole numbers: a JSON list, or a text with commas or blanks between them from a form. */
export const numbersField = z.union([
  z.array(numberField),
  z
    .string()
    .regex(/^[\d\s,，]+$/)
    .transform((text) => text.split(/[\s,，]+/).filter((part) => part !== ''))
    .transform((parts) => parts.map(Number)),
]);

/** A text of at least one character. */
export const textField = z.string().min(1).max(512);

/** A flag, as JSON or as "true" / "false" from a form. */
export const flagField = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((text) => text === 'true'),
]);

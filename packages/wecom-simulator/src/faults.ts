import { z } from 'zod';
import { createSeededRandom } from './corp/random.ts';
import { exportFlaws } from './exports/export-service.ts';

const faultEffectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('errcode'), errcode: z.int() }),
  z.strictObject({ kind: z.literal('emptySuccess') }),
  z.strictObject({ kind: z.literal('httpStatus'), status: z.int().min(400).max(599) }),
  z.strictObject({ kind: z.literal('nonJson') }),
  z.strictObject({ kind: z.literal('truncatedJson') }),
  z.strictObject({ kind: z.literal('cutMidBody') }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('delay'), delayMs: z.int().min(0) }),
  z.strictObject({ kind: z.literal('hold') }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('duplicateItems') }),
  z.strictObject({ kind: z.literal('cycle') }),
  z.strictObject({ kind: z.literal('orphans') }),
  z.strictObject({ kind: z.literal('unknownFields') }),
  z.strictObject({ kind: z.literal('missingField'), field: z.string() }),
  z.strictObject({ kind: z.literal('replacedField'), field: z.string(), value: z.string() }),
  z.strictObject({ kind: z.literal('hugeBody'), bytes: z.int().min(1).max(512_000_000) }),
  z.strictObject({ kind: z.literal('gzip') }),
  z.strictObject({ kind: z.literal('exportFlaw'), flaw: z.enum(exportFlaws) }),
]);

/** Schema of a fault rule as the control API takes it. */
export const faultRuleSchema = z.strictObject({
  endpoint: z.string().optional(),
  departmentId: z.int().optional(),
  nthCalls: z.array(z.int().min(1)).optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
  times: z.int().min(1).optional(),
  effect: faultEffectSchema,
});

/**
 * What goes wrong:
 * - `errcode` answers that errcode with the endpoint's empty arrays; `emptySuccess` the same with errcode 0
 * - `httpStatus` an HTML page with that status; `nonJson` an HTML page with status 200
 * - `truncatedJson` half the JSON as a complete HTTP answer; `cutMidBody` the connection dies in the middle
 *   of the body
 * - `reset` the connection is reset before any answer; `hang` no answer until the caller or `close()` ends it
 * - `delay` the right answer, late; `hold` the right answer, once the faults are cleared
 * - `cycle` every listed department hangs under the next, the last under the first; `orphans` under ones that
 *   are nowhere
 * - `duplicateItems` every list of objects twice; `unknownFields` extra fields everywhere; `missingField`
 *   takes a field out of the body and of every listed object, `replacedField` gives it another value;
 *   `hugeBody` pads the body to that many bytes;
 *   `gzip` compresses it
 * - `exportFlaw`, of export/user and export/department only: the job is taken, but something is wrong with
 *   its result
 */
export type FaultEffect = z.infer<typeof faultEffectSchema>;

/**
 * When it goes wrong. All given conditions must hold; without any, every call matches. `endpoint` is e.g.
 * `user/list`; `departmentId` is the call's `department_id` or `id`; `nthCalls` counts the calls that match
 * endpoint and department from 1; `probability` draws from `seed` (default 1); `times` ends the rule after so
 * many hits.
 */
export type FaultRule = z.infer<typeof faultRuleSchema>;

/** The part of a call that fault rules look at. */
interface FaultTarget {
  readonly endpoint: string;
  readonly departmentId: number | undefined;
}

/** The injected faults of a running server; the first rule that matches a call wins. */
export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** When they are cleared next. */
  cleared(): Promise<void>;
  list(): readonly FaultRule[];
  /** Finds the fault for one call and counts the call. */
  take(target: FaultTarget): FaultEffect | undefined;
}

function createMatcher(rule: FaultRule): (target: FaultTarget) => boolean {
  const random = createSeededRandom(rule.seed ?? 1);
  let calls = 0;
  let hits = 0;
  return ({ endpoint, departmentId }) => {
    if (rule.endpoint !== undefined && rule.endpoint !== endpoint) return false;
    if (rule.departmentId !== undefined && rule.departmentId !== departmentId) return false;
    calls += 1;
    if (rule.times !== undefined && hits >= rule.times) return false;
    if (rule.nthCalls !== undefined && !rule.nthCalls.includes(calls)) return false;
    if (rule.probability !== undefined && random() >= rule.probability) return false;
    hits += 1;
    return true;
  };
}

/** Creates an empty list of faults. */
export function createFaults(): Faults {
  let rules: { rule: FaultRule; matches: (target: FaultTarget) => boolean }[] = [];
  let next = Promise.withResolvers<void>();
  return {
    add(rule) {
      rules.push({ rule, matches: createMatcher(rule) });
    },
    clear() {
      rules = [];
      next.resolve();
      next = Promise.withResolvers();
    },
    cleared: () => next.promise,
    list: () => rules.map(({ rule }) => rule),
    take: (target) => rules.find(({ matches }) => matches(target))?.rule.effect,
  };
}

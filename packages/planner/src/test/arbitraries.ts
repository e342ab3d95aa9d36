import fc from 'fast-check';
import { createMemberFields, type ReadDepartment, type ReadMember } from '../index.ts';
import type { Sequel } from '../testing/reference-mirror.ts';
import type { Corp, Reading } from './corp.ts';

/**
 * Every property runs this often, from a fixed seed so that a failure repeats; fewer suffice to judge a
 * mutant.
 */
export const RUNS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 200),
  seed: Number(process.env.PROPERTY_SEED ?? 20_260_911),
} as const;

const departmentId = fc.integer({ min: 1, max: 9 });
const text = fc.oneof(
  fc.constantFrom('', '张三', ' leading', '<b>&"', '👩‍👩‍👧', '\ud83d', '\udc00x', '!', '"'),
  fc.string({ unit: 'binary', maxLength: 6 }).map((value) => value.replaceAll('\0', '')),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });
const sortOrder = fc.constantFrom(0, 1, 7, 2 ** 32 - 1);

/**
 * Ids come twice, parents may be missing, below, or the department itself: orphans, cycles and duplicates.
 */
const department: fc.Arbitrary<ReadDepartment> = fc.record({
  id: departmentId,
  name: maybe(text),
  nameEn: maybe(text),
  parentId: fc.oneof(departmentId, fc.constantFrom(null, 0, 77)),
  sortOrder: maybe(sortOrder),
  leaderUserIds: maybe(fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 })),
});

const fields = fc
  .record({
    name: maybe(text),
    alias: maybe(text),
    status: maybe(fc.constantFrom(1, 2, 4, 5, 9)),
    gender: maybe(fc.constantFrom('', '1', '2')),
    mobile: maybe(fc.constantFrom('', '', '13800000000')),
    directLeaderUserIds: maybe(fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 })),
    extendedAttributes: maybe(fc.jsonValue({ maxDepth: 2 })),
  })
  .map(({ extendedAttributes, ...known }) =>
    createMemberFields({ ...known, extendedAttributes: toJson(extendedAttributes) }),
  );

function toJson(value: unknown) {
  return JSON.parse(JSON.stringify(value ?? null));
}

/**
 * Userids that differ in case, arrays of another length, departments unknown and twice, a main department
 * missing.
 */
const member: fc.Arbitrary<ReadMember> = fc.record({
  userId: fc.constantFrom('a', 'A', 'b', 'Li.Si', 'LI.SI', 'li.si', 'c', 'd', 'e@x-y_z'),
  departments: maybe(fc.array(fc.oneof(departmentId, fc.constant(66)), { maxLength: 4 })),
  listedIn: maybe(departmentId),
  sortOrders: maybe(fc.array(sortOrder, { maxLength: 4 })),
  leaderFlags: maybe(fc.array(fc.constantFrom(0, 1), { maxLength: 4 })),
  mainDepartmentId: maybe(fc.oneof(departmentId, fc.constant(66))),
  fields,
});

/** A corp in which every anomaly that WeCom can answer is frequent. */
export const hostileCorp: fc.Arbitrary<Corp> = fc.record({
  departments: fc.array(department, { maxLength: 10 }),
  members: fc.array(member, { maxLength: 9 }),
});

/** Members whom WeCom denied by name; some are in its lists all the same. */
export const goneKeys = fc.subarray(['a', 'b', 'li.si', 'c', 'd', 'e@x-y_z', 'nobody']);

/** A corp, whether it was read completely, and whom WeCom denied. */
export const reading: fc.Arbitrary<Reading> = fc.record({
  corp: hostileCorp,
  complete: fc.boolean(),
  gone: goneKeys,
});

/**
 * Several complete or partial readings one after the other, so that members and departments leave and return.
 */
export const history = fc.array(reading, { maxLength: 4 });

/** Settings of the guard under which small plans are held often. */
export const guardLimits = fc.record({
  maxCount: fc.constantFrom(0, 1, 2, 50),
  maxPercent: fc.constantFrom(0, 50, 100),
  windowHours: fc.constant(24),
  floor: fc.constant(3),
});

/** Several runs one after the other, each with what follows it. */
export const runs = fc.array(
  fc.record({ reading, limits: guardLimits, sequel: fc.constantFrom<Sequel>('wait', 'approve', 'undo') }),
  { maxLength: 5 },
);

/** The same answers in another order. */
export function shuffled(corp: Corp): fc.Arbitrary<Corp> {
  return fc.record({
    departments: fc.shuffledSubarray([...corp.departments], { minLength: corp.departments.length }),
    members: fc.shuffledSubarray([...corp.members], { minLength: corp.members.length }),
  });
}

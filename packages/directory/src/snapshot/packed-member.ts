import { type Json, MEMBER_FIELDS } from '../member-fields.ts';
import type { ReadMember } from '../types.ts';
import { joinAnswers } from './join.ts';

/** A department id with what was said at the same index of the parallel arrays. */
export interface Place {
  readonly departmentId: number;
  readonly sortOrder: number | null;
  readonly isLeader: boolean | null;
}

/** A member between reading and snapshot; `values` follow the order of `MEMBER_FIELDS`. */
export interface PackedMember {
  readonly userId: string;
  readonly mainDepartmentId: number | null;
  readonly places: readonly Place[] | null;
  readonly values: readonly Json[];
}

/** What was odd about one answer's places. */
export interface PlaceOddities {
  readonly isMisaligned: boolean;
  readonly hasDuplicate: boolean;
}

/** Takes over one answer about a member. */
export function takeMember(read: ReadMember): PackedMember & PlaceOddities {
  const { places, isMisaligned, hasDuplicate } = zipPlaces(read);
  return {
    userId: read.userId,
    mainDepartmentId: read.mainDepartmentId,
    places,
    values: MEMBER_FIELDS.map(({ name }) => read.fields[name]),
    isMisaligned,
    hasDuplicate,
  };
}

/**
 * The one place where WeCom's parallel arrays are read together: by index. An array of another length says nothing
 * reliable about anybody, so it is not visible; an empty one is usual in real answers and not odd.
 */
function zipPlaces(read: ReadMember): PlaceOddities & { places: Place[] | null } {
  const { departments } = read;
  if (departments === null) return { places: null, isMisaligned: false, hasDuplicate: false };
  const isAligned = (array: readonly number[] | null) => array?.length === departments.length;
  const isOdd = (array: readonly number[] | null) => array !== null && array.length > 0 && !isAligned(array);
  const sortOrders = isAligned(read.sortOrders) ? read.sortOrders : null;
  const leaderFlags = isAligned(read.leaderFlags) ? read.leaderFlags : null;

  const places = new Map<number, Place>();
  for (const [index, departmentId] of departments.entries()) {
    if (places.has(departmentId)) continue;
    const flag = leaderFlags?.[index] ?? null;
    const isLeader = flag === null ? null : flag === 1;
    places.set(departmentId, { departmentId, sortOrder: sortOrders?.[index] ?? null, isLeader });
  }
  return {
    places: [...places.values()],
    isMisaligned: isOdd(read.sortOrders) || isOdd(read.leaderFlags),
    hasDuplicate: places.size < departments.length,
  };
}

/**
 * The member as text, to be kept in an arena. JSON escapes lone surrogates and NUL, so every text survives UTF-8.
 */
export function packMember(member: PackedMember): string {
  const places = member.places?.map(({ departmentId, sortOrder, isLeader }) => [
    departmentId,
    sortOrder,
    isLeader,
  ]);
  return JSON.stringify([member.userId, member.mainDepartmentId, places ?? null, member.values]);
}

/** The inverse of {@link packMember}. */
export function unpackMember(text: string): PackedMember {
  // The text was written by packMember and never leaves the process.
  const [userId, mainDepartmentId, places, values] = JSON.parse(text) as [
    string,
    number | null,
    [number, number | null, boolean | null][] | null,
    Json[],
  ];
  return {
    userId,
    mainDepartmentId,
    places:
      places?.map(([departmentId, sortOrder, isLeader]) => ({ departmentId, sortOrder, isLeader })) ?? null,
    values,
  };
}

/** Joins two answers about the same person, whichever came first; the smallest spelling of the userid stays. */
export function joinMembers(a: PackedMember, b: PackedMember, onConflict: () => void): PackedMember {
  const comesFirst = a.userId < b.userId;
  return {
    userId: comesFirst ? a.userId : b.userId,
    mainDepartmentId: joinAnswers(a.mainDepartmentId, b.mainDepartmentId, onConflict),
    places: joinPlaces(a.places, b.places, onConflict),
    values: a.values.map((value, index) => joinAnswers(value, b.values[index] ?? null, onConflict)),
  };
}

function joinPlaces(a: PackedMember['places'], b: PackedMember['places'], onConflict: () => void) {
  if (a === null || b === null) return a ?? b;
  const idsOf = (places: readonly Place[]) => places.map(({ departmentId }) => departmentId);
  const [idsOfA, idsOfB] = [idsOf(a), idsOf(b)];
  const ids = joinAnswers(idsOfA, idsOfB, onConflict);
  // Only lists of the same departments are joined place by place; else one answer is taken as a whole.
  if (JSON.stringify(idsOfA) !== JSON.stringify(idsOfB)) return ids === idsOfA ? a : b;
  return a.map((place, index) => ({
    departmentId: place.departmentId,
    sortOrder: joinAnswers(place.sortOrder, b[index]?.sortOrder ?? null, onConflict),
    isLeader: joinAnswers(place.isLeader, b[index]?.isLeader ?? null, onConflict),
  }));
}

import { type Json, MEMBER_FIELDS } from '../member-fields.ts';
import type { ReadMember } from '../types.ts';
import { mergeAnswers } from './merge.ts';

/** A department id with the values at the same index of the parallel arrays. */
export interface Place {
  readonly departmentId: number;
  readonly sortOrder: number | null;
  readonly isLeader: boolean | null;
}

/** A member between reading and snapshot; `values` follow the order of `MEMBER_FIELDS`. */
export interface PackedMember {
  readonly userId: string;
  readonly mainDepartmentId: number | null;
  /** From the member's own arrays; null = not visible. */
  readonly places: readonly Place[] | null;
  /** Departments that are not among those places and whose lists named the member, ascending. */
  readonly listedIn: readonly number[];
  readonly values: readonly Json[];
}

/** Anomalies in the places of one answer. */
export interface PlaceAnomalies {
  readonly isMisaligned: boolean;
  readonly hasDuplicate: boolean;
}

/** Converts one answer about a member. */
export function toPackedMember(
  read: ReadMember,
): PackedMember & PlaceAnomalies & { readonly hasBlankName: boolean } {
  const { places, isMisaligned, hasDuplicate } = zipPlaces(read);
  const isListedElsewhere = read.listedIn !== null && !isAmong(places, read.listedIn);
  return {
    userId: read.userId,
    mainDepartmentId: read.mainDepartmentId,
    places,
    listedIn: isListedElsewhere ? [read.listedIn] : [],
    values: MEMBER_FIELDS.map(({ name, neverEmpty }) => {
      const value = read.fields[name];
      return neverEmpty && value === '' ? null : value;
    }),
    hasBlankName: read.fields.name === '',
    isMisaligned,
    hasDuplicate,
  };
}

/**
 * The only function that reads WeCom's parallel arrays together, by index. An array of another length tells
 * nothing reliable, so it counts as not visible; an empty one is common in real answers and no anomaly.
 */
function zipPlaces(read: ReadMember): PlaceAnomalies & { places: Place[] | null } {
  const { departments } = read;
  // A member whom a department's list names is in a department: an empty array there means hidden ids.
  const isHidden = departments === null || (departments.length === 0 && read.listedIn !== null);
  if (isHidden) return { places: null, isMisaligned: false, hasDuplicate: false };
  const isAligned = (array: readonly number[] | null) => array?.length === departments.length;
  const isMisaligned = (array: readonly number[] | null) =>
    array !== null && array.length > 0 && !isAligned(array);
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
    isMisaligned: isMisaligned(read.sortOrders) || isMisaligned(read.leaderFlags),
    hasDuplicate: places.size < departments.length,
  };
}

const isAmong = (places: PackedMember['places'], id: number): boolean =>
  places?.some(({ departmentId }) => departmentId === id) === true;

/**
 * All places of the member: from their own arrays, then from the lists that named them; null = not visible.
 */
export function listPlaces({ places, listedIn }: PackedMember): readonly Place[] | null {
  if (listedIn.length === 0) return places;
  const listed = listedIn.map((departmentId) => ({ departmentId, sortOrder: null, isLeader: null }));
  return [...(places ?? []), ...listed];
}

/**
 * Serializes a member for an arena. JSON escapes lone surrogates and NUL, so every text survives UTF-8.
 */
export function packMember(member: PackedMember): string {
  const places = member.places?.map(({ departmentId, sortOrder, isLeader }) => [
    departmentId,
    sortOrder,
    isLeader,
  ]);
  const { userId, mainDepartmentId, listedIn, values } = member;
  return JSON.stringify([userId, mainDepartmentId, places ?? null, listedIn, values]);
}

/** The inverse of {@link packMember}. */
export function unpackMember(text: string): PackedMember {
  // The text was written by packMember and never leaves the process.
  const [userId, mainDepartmentId, places, listedIn, values] = JSON.parse(text) as [
    string,
    number | null,
    [number, number | null, boolean | null][] | null,
    number[],
    Json[],
  ];
  return {
    userId,
    mainDepartmentId,
    places:
      places?.map(([departmentId, sortOrder, isLeader]) => ({ departmentId, sortOrder, isLeader })) ?? null,
    listedIn,
    values,
  };
}

/** Merges two answers about the same member, in either order; the smaller spelling of the userid is kept. */
export function mergeMembers(a: PackedMember, b: PackedMember, onConflict: () => void): PackedMember {
  const comesFirst = a.userId < b.userId;
  const places = mergePlaces(a.places, b.places, onConflict);
  const listed = new Set([...a.listedIn, ...b.listedIn]);
  return {
    userId: comesFirst ? a.userId : b.userId,
    mainDepartmentId: mergeAnswers(a.mainDepartmentId, b.mainDepartmentId, onConflict),
    places,
    listedIn: [...listed].filter((id) => !isAmong(places, id)).sort((one, other) => one - other),
    values: a.values.map((value, index) => mergeAnswers(value, b.values[index] ?? null, onConflict)),
  };
}

/**
 * Two answers that contradict each other, as while a member is moved, are united: neither removes a place.
 */
function mergePlaces(
  a: PackedMember['places'],
  b: PackedMember['places'],
  onConflict: () => void,
): PackedMember['places'] {
  if (a === null || b === null) return a ?? b;
  const merged = new Map(a.map((place) => [place.departmentId, place]));
  for (const place of b) {
    const known = merged.get(place.departmentId);
    merged.set(place.departmentId, known === undefined ? place : mergePlace(known, place, onConflict));
  }
  const isSame =
    a.length === b.length && a.every(({ departmentId }, index) => departmentId === b[index]?.departmentId);
  if (isSame) return [...merged.values()];
  onConflict();
  return [...merged.values()].sort((one, other) => one.departmentId - other.departmentId);
}

const mergePlace = (a: Place, b: Place, onConflict: () => void): Place => ({
  departmentId: a.departmentId,
  sortOrder: mergeAnswers(a.sortOrder, b.sortOrder, onConflict),
  isLeader: mergeAnswers(a.isLeader, b.isLeader, onConflict),
});

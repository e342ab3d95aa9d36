/** Any JSON value, read-only. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * How two known values of a field are compared; a list is compared in order, json without regard to key
 * order.
 */
export type FieldKind = 'text' | 'number' | 'list' | 'json';

interface MemberFieldDefinition {
  readonly name: string;
  readonly kind: FieldKind;
  /** Personal contact data: stored encrypted, masked in answers. */
  readonly sensitive: boolean;
  /** WeCom may answer '' to an app that is not given this field; see {@link MEMBER_FIELDS}. */
  readonly withheldAsEmpty: boolean;
  /** WeCom has no empty value of it: '' says that the app is not given the field. */
  readonly neverEmpty: boolean;
}

/**
 * Every compared field of a member except its userid and its places in the tree.
 *
 * The table drives the snapshot, the hash and the comparison; a new field is one new line. Fields that are
 * `withheldAsEmpty` are not given to apps created after 2022-06-20 (developer.work.weixin.qq.com 96260), as
 * '' or not at all: when no member of a snapshot has a value for one, '' counts as not visible, else as known
 * empty.
 */
export const MEMBER_FIELDS = [
  { name: 'name', kind: 'text', sensitive: false, withheldAsEmpty: false, neverEmpty: true },
  { name: 'englishName', kind: 'text', sensitive: false, withheldAsEmpty: false, neverEmpty: false },
  { name: 'alias', kind: 'text', sensitive: false, withheldAsEmpty: false, neverEmpty: false },
  { name: 'position', kind: 'text', sensitive: false, withheldAsEmpty: false, neverEmpty: false },
  { name: 'status', kind: 'number', sensitive: false, withheldAsEmpty: false, neverEmpty: false },
  { name: 'gender', kind: 'text', sensitive: false, withheldAsEmpty: true, neverEmpty: false },
  { name: 'telephone', kind: 'text', sensitive: false, withheldAsEmpty: false, neverEmpty: false },
  { name: 'avatarUrl', kind: 'text', sensitive: false, withheldAsEmpty: true, neverEmpty: false },
  { name: 'thumbAvatarUrl', kind: 'text', sensitive: false, withheldAsEmpty: true, neverEmpty: false },
  { name: 'directLeaderUserIds', kind: 'list', sensitive: false, withheldAsEmpty: false, neverEmpty: false },
  { name: 'extendedAttributes', kind: 'json', sensitive: false, withheldAsEmpty: false, neverEmpty: false },
  { name: 'externalPosition', kind: 'text', sensitive: false, withheldAsEmpty: false, neverEmpty: false },
  { name: 'externalProfile', kind: 'json', sensitive: false, withheldAsEmpty: false, neverEmpty: false },
  { name: 'openUserId', kind: 'text', sensitive: false, withheldAsEmpty: false, neverEmpty: true },
  { name: 'mobile', kind: 'text', sensitive: true, withheldAsEmpty: true, neverEmpty: false },
  { name: 'email', kind: 'text', sensitive: true, withheldAsEmpty: true, neverEmpty: false },
  { name: 'bizMail', kind: 'text', sensitive: true, withheldAsEmpty: true, neverEmpty: false },
  { name: 'address', kind: 'text', sensitive: true, withheldAsEmpty: true, neverEmpty: false },
  { name: 'qrCodeUrl', kind: 'text', sensitive: true, withheldAsEmpty: true, neverEmpty: false },
] as const satisfies readonly MemberFieldDefinition[];

/** Name of a field in {@link MEMBER_FIELDS}. */
export type MemberFieldName = (typeof MEMBER_FIELDS)[number]['name'];

interface ValueOfKind {
  text: string;
  number: number;
  list: readonly string[];
  json: Json;
}

/**
 * The fields of a member; null = not visible, '' and [] = known and empty. `status`: 1, 2, 4, 5; `gender`:
 * '1', '2'.
 */
export type MemberFields = {
  readonly [F in (typeof MEMBER_FIELDS)[number] as F['name']]: ValueOfKind[F['kind']] | null;
};

/** Builds a complete set of fields from the known ones; the others are null (not visible). */
export function createMemberFields(known: Partial<MemberFields> = {}): MemberFields {
  return buildMemberFields((name) => known[name] ?? null);
}

/**
 * Builds a complete set of fields; `readValue` returns each in the type that its kind says, null = not
 * visible.
 */
export function buildMemberFields(readValue: (name: MemberFieldName, index: number) => Json): MemberFields {
  const fields: Record<string, Json> = {};
  for (const [index, { name }] of MEMBER_FIELDS.entries()) fields[name] = readValue(name, index);
  // The loop above has set every name of the table, which the type system cannot see.
  return fields as unknown as MemberFields;
}

/**
 * The key of a member: the userid in lower case, since WeCom matches userids case-insensitively.
 *
 * Independent of the machine's locale (no Turkish dotless i). Compute keys only with this function: a
 * database's `lower()` follows its collation and may differ outside ASCII.
 */
export function toMemberKey(userId: string): string {
  return userId.toLowerCase();
}

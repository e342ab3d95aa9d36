/**
 * Whether a text or name anywhere in a JSON value holds NUL, which Postgres cannot store. No recursion: depth
 * is the sender's choice.
 */
export function containsNul(value: unknown): boolean {
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next === 'string' && next.includes('\0')) return true;
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, inner] of Object.entries(next)) rest.push(name, inner);
  }
  return false;
}

/** WeCom gives http addresses; a page served by https may not load those. */
export const presentAvatar = (url: string | null): string | null =>
  url === null || url === '' ? null : url.replace(/^http:/, 'https:');

/** WeCom's "1" and "2"; anything else says nothing. */
export function presentGender(gender: string | null): 'male' | 'female' | null {
  if (gender === '1') return 'male';
  return gender === '2' ? 'female' : null;
}

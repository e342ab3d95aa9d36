import { useState } from 'react';

const hues = [212, 168, 262, 22, 340, 44, 190, 300, 122, 236] as const;

/**
 * The avatar image, or initials on a colour derived from the id when there is no image or it fails to load.
 */
export function MemberAvatar({ id, name, url }: { id: string; name: string; url: string | null }) {
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null);
  if (url && url !== brokenUrl)
    return (
      <img
        className="om-avatar"
        src={url}
        alt=""
        loading="lazy"
        referrerPolicy="no-referrer"
        onError={() => setBrokenUrl(url)}
      />
    );
  const hue = hues[hash(id.toLowerCase()) % hues.length] ?? hues[0];
  return (
    <span className="om-avatar" aria-hidden="true" style={{ ['--om-hue' as string]: hue }}>
      {getInitials(name)}
    </span>
  );
}

/** 王小明 → 小明, 单 → 单, Ada Lovelace → AL, ada → A. */
export function getInitials(name: string): string {
  const trimmed = name.trim();
  if (/\p{Script=Han}/u.test(trimmed)) return Array.from(trimmed.replaceAll(/\s/g, '')).slice(-2).join('');
  const words = trimmed.split(/[\s._-]+/).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => Array.from(word ?? '?')[0] ?? '?')
    .join('')
    .toUpperCase();
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return value;
}

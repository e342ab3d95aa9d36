import * as z from 'zod';
import type { SecretBox } from '../../platform/secret-box.ts';

const context = 'member-mobile';

/** What is stored of a member's mobile to find it by: a keyed digest of its normal form, '' without a mobile. */
export function digestMobile(secretBox: SecretBox, mobile: string | undefined): string {
  const normal = normalize(mobile ?? '');
  return normal === '' ? '' : secretBox.digest(normal, context);
}

const document = z.looseObject({
  mobile: z.union([z.string(), z.looseObject({ value: z.string() })]).optional(),
});

/** The same of the mobile in the text of a document, of either source. */
export function digestMobileIn(secretBox: SecretBox, text: string): string {
  const { mobile } = document.parse(JSON.parse(text));
  return digestMobile(secretBox, typeof mobile === 'string' ? mobile : mobile?.value);
}

/** The normal form of a text that can be nothing but a full mobile number: of the mainland, or with its country. */
export function readMobile(text: string | undefined): string | undefined {
  const typed = (text ?? '').normalize('NFKC').trim();
  if (!/^(\+|00)?[\d\s().-]+$/.test(typed)) return undefined;
  const normal = normalize(typed);
  const isFull = isOfMainland(normal) || (/^(\+|00)/.test(typed) && /^\d{8,15}$/.test(normal));
  return isFull ? normal : undefined;
}

/** What may be stored of such a number, by each secret that is known. */
export const listMobileDigests = (secretBox: SecretBox, mobile: string): string[] =>
  secretBox.digests(mobile, context);

const isOfMainland = (digits: string): boolean => /^1[3-9]\d{9}$/.test(digits);

/** Digits alone, with the country's but for those of the mainland, which WeCom gives without. */
function normalize(mobile: string): string {
  const digits = mobile.replaceAll(/\D/g, '').replace(/^00/, '');
  return digits.startsWith('86') && isOfMainland(digits.slice(2)) ? digits.slice(2) : digits;
}

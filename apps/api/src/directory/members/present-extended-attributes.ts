import type { MemberDetail } from '@orgmirror/contracts';
import * as z from 'zod';

type ExtendedAttribute = NonNullable<MemberDetail['extendedAttributes']>[number];

/**
 * WeCom's extattr as stored: type 0 text, 1 web page, 2 mini program; private editions give name and value
 * alone.
 */
const stored = z.looseObject({
  type: z.number().nullish(),
  name: z.string(),
  value: z.string().nullish(),
  text: z.looseObject({ value: z.string().nullish() }).nullish(),
  web: z.looseObject({ url: z.string().nullish(), title: z.string().nullish() }).nullish(),
  miniprogram: z.looseObject({ title: z.string().nullish(), pagepath: z.string().nullish() }).nullish(),
});

/** The extended attributes that can be read; null when they were never visible. */
export function presentExtendedAttributes(value: unknown): ExtendedAttribute[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((item) => {
    const parsed = stored.safeParse(item);
    return parsed.success ? [presentOne(parsed.data)] : [];
  });
}

function presentOne(attribute: z.infer<typeof stored>): ExtendedAttribute {
  const { name, web, miniprogram } = attribute;
  if (web) return { name, type: 'web', value: web.url ?? '', ...(web.title && { title: web.title }) };
  if (miniprogram) {
    const { title, pagepath } = miniprogram;
    return { name, type: 'miniProgram', value: pagepath ?? '', ...(title && { title }) };
  }
  return { name, type: 'text', value: attribute.text?.value ?? attribute.value ?? '' };
}

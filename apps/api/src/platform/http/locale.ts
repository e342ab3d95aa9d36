import type { Request } from 'express';

export type Locale = 'zh' | 'en';

/** The language that the client prefers; Chinese unless it says otherwise. */
export function readLocale(req: Request): Locale {
  return req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';
}

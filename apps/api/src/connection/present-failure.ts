import { connectionCheck } from '@orgmirror/contracts';
import { describeWecomError, WecomApiError, type WecomError } from '@orgmirror/wecom';
import * as z from 'zod';
import type { Locale } from '../platform/http/locale.ts';

const words = z.object({ message: z.string(), remedy: z.string() });
const { errcode, egressIp } = connectionCheck.shape;

/** A check that WeCom or the way to it made fail, in WeCom's terms and both languages. */
export const checkFailure = z.object({
  status: z.literal('failed'),
  errcode,
  egressIp,
  localised: z.object({ zh: words, en: words }),
});
export type CheckFailure = z.infer<typeof checkFailure>;

/** Describes a failure of the WeCom client as that of a check. */
export function describeFailure(error: WecomError): CheckFailure {
  const wordIn = (locale: Locale) => {
    const { sentence, remedy } = describeWecomError(error, locale);
    return { message: sentence, remedy };
  };
  const api = error instanceof WecomApiError ? error : undefined;
  return {
    status: 'failed',
    ...(api && { errcode: api.errcode }),
    ...(api?.egressIp && { egressIp: api.egressIp }),
    localised: { zh: wordIn('zh'), en: wordIn('en') },
  };
}

/** The failure in the reader's language. */
export function presentFailure({ localised, ...facts }: CheckFailure, locale: Locale) {
  return { ...facts, ...localised[locale] };
}

import { describeWecomError, WecomApiError, type WecomError } from '@orgmirror/wecom';
import type { Locale } from '../http/locale.ts';

/** A check that WeCom or the way to it made fail, in WeCom's terms. */
export function presentFailure(error: WecomError, locale: Locale) {
  const { sentence, remedy } = describeWecomError(error, locale);
  const api = error instanceof WecomApiError ? error : undefined;
  return {
    status: 'failed' as const,
    ...(api && { errcode: api.errcode }),
    ...(api?.egressIp && { egressIp: api.egressIp }),
    message: sentence,
    remedy,
  };
}

import type { ErrorCode } from '@orgmirror/contracts';
import { describeWecomError, WecomApiError, type WecomError, WecomResponseError } from '@orgmirror/wecom';
import { AppError } from './app-error.ts';

/** Words a failure of the WeCom client as an error of ours: what happened, why, what to do. */
export function toAppError(error: WecomError): AppError {
  const zh = describeWecomError(error, 'zh');
  const en = describeWecomError(error, 'en');
  return new AppError(codeOf(error), {
    cause: error,
    localised: {
      zh: { sentence: zh.sentence, remedy: zh.remedy },
      en: { sentence: en.sentence, remedy: en.remedy },
    },
    ...(error instanceof WecomApiError && {
      wecom: {
        errcode: error.errcode,
        errmsg: error.errmsg,
        ...(error.egressIp !== null && { egressIp: error.egressIp }),
      },
    }),
  });
}

function codeOf(error: WecomError): ErrorCode {
  if (error instanceof WecomApiError) return 'wecom.refused';
  return error instanceof WecomResponseError ? 'wecom.bad_answer' : 'wecom.unreachable';
}

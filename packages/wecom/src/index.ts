export {
  type AuthorizeRequest,
  buildAuthorizeUrl,
  buildWebSignInUrl,
  opensPageInApp,
} from './authorize-url.ts';
export type { CallEvent, OnCall } from './call-events.ts';
export { type CallbackErrorKind, WecomCallbackError } from './callback/callback-error.ts';
export { type CallbackKeys, openCallback, type SignedMessage } from './callback/open-callback.ts';
export { parseEvent, type WecomEvent } from './callback/parse-event.ts';
export { replaceXmlTexts } from './callback/parse-xml.ts';
export { readEnvelope } from './callback/read-envelope.ts';
export {
  type CallOptions,
  createWecomClient,
  type ExportOptions,
  type WecomClient,
  type WecomClientOptions,
} from './client.ts';
export { type Clock, systemClock } from './clock.ts';
export { describeWecomError, type ErrorLocale, type WecomErrorDescription } from './describe-error.ts';
export { createCallbackToken, createEncodingAesKey } from './encoding-aes-key.ts';
export type { WecomAgent } from './endpoints/agent-get.ts';
export type { WecomUserDetail } from './endpoints/auth-getuserdetail.ts';
export type { WecomIdentity } from './endpoints/auth-getuserinfo.ts';
export type { WecomDepartment } from './endpoints/department.ts';
export type { WecomExtAttr, WecomMember } from './endpoints/member.ts';
export type { WecomMessage, WecomMessageResult } from './endpoints/message-send.ts';
export type { WecomTag } from './endpoints/tag-get.ts';
export {
  type ApiErrorKind,
  ERROR_TABLE,
  type ErrorEntry,
  type ErrorText,
  findErrorEntry,
  type RetryClass,
} from './error-table/index.ts';
export {
  isWecomError,
  type ResponseErrorKind,
  type TransportErrorKind,
  WecomApiError,
  type WecomError,
  type WecomErrorKind,
  WecomResponseError,
  WecomTransportError,
} from './errors.ts';
export type { ExportBlock } from './export/run-export.ts';
export { type CallBlock, createPacer, type Pacer, type PacerSlot, type SharedBudget } from './pacing.ts';
export { createRedact, type Redact } from './redaction.ts';
export type { RetryPolicy } from './retry.ts';
export {
  createMemoryTokenStore,
  type StoredToken,
  type TokenFailure,
  type TokenState,
  type TokenStore,
} from './token-store.ts';

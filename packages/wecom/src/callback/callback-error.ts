/**
 * Why something that came to a callback address is not WeCom's: `malformed`, it has not the documented form;
 * `signature`, it was not signed with this Token; `undecryptable`, not encrypted with this key; `receiver`,
 * meant for another enterprise.
 */
export type CallbackErrorKind = 'malformed' | 'signature' | 'undecryptable' | 'receiver';

/**
 * Something that came to a callback address was refused. The message names no content, no key and no
 * signature.
 */
export class WecomCallbackError extends Error {
  override readonly name = 'WecomCallbackError';
  readonly kind: CallbackErrorKind;

  constructor(kind: CallbackErrorKind, reason: string, details: { readonly cause?: unknown } = {}) {
    super(reason, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
  }
}

import { manifest, type SyncManifest } from '@orgmirror/contracts';
import {
  describeWecomError,
  findErrorEntry,
  type ResponseErrorKind,
  type TransportErrorKind,
  WecomApiError,
  type WecomError,
  WecomResponseError,
  WecomTransportError,
} from '@orgmirror/wecom';
import type { Prisma } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';

/**
 * The manifest in the reader's language. Its failures are stored in Chinese, with the code that says what to
 * read.
 */
export function presentManifest(stored: Prisma.JsonValue, locale: Locale): SyncManifest | null {
  if (stored === null) return null;
  const read = manifest.parse(stored);
  if (locale === 'zh') return read; // worded when it happened, with the address that WeCom saw
  const translate = <F extends { code: string; message: string }>(failure: F): F => ({
    ...failure,
    message: describeCode(failure.code, locale) ?? failure.message,
  });
  return {
    ...read,
    departmentsFailed: read.departmentsFailed.map(translate),
    othersFailed: read.othersFailed.map(translate),
  };
}

/** The sentence of WeCom's errcode or of a kind of failure; undefined for codes outside the tables. */
function describeCode(code: string, locale: Locale): string | undefined {
  const error = recallError(code);
  return error && describeWecomError(error, locale).sentence;
}

function recallError(code: string): WecomError | undefined {
  if (isTransportKind(code)) return new WecomTransportError(code, '', code);
  if (isResponseKind(code)) return new WecomResponseError(code, '', code);
  const errcode = Number(code);
  return findErrorEntry(errcode).kind === 'unknown' ? undefined : new WecomApiError('', errcode, '');
}

const transportKinds: Record<TransportErrorKind, true> = {
  timeout: true,
  refused: true,
  dns: true,
  tls: true,
  proxy: true,
  reset: true,
  http: true,
};
const responseKinds: Record<ResponseErrorKind, true> = {
  notJson: true,
  shape: true,
  tooLarge: true,
  notFound: true,
  redirect: true,
  exportFailed: true,
  exportUnfinished: true,
  exportMismatch: true,
};
const isTransportKind = (code: string): code is TransportErrorKind => Object.hasOwn(transportKinds, code);
const isResponseKind = (code: string): code is ResponseErrorKind => Object.hasOwn(responseKinds, code);

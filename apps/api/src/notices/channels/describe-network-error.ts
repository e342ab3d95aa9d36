import { AppError } from '../../platform/errors/app-error.ts';

const certificateCodes: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const timeoutCodes: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ETIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** Says of a failed connection whether it was the certificate, the time, or anything else. */
export function describeNetworkError(thrown: unknown, host: string): AppError {
  const chain = listCauses(thrown);
  const certificate = chain.find((error) => certificateCodes.has(codeOf(error)));
  if (certificate !== undefined)
    return new AppError('notice.certificate', {
      cause: thrown,
      values: { host, reason: certificate.message.replace(/\.$/, '') },
    });
  if (chain.some((error) => error.name === 'TimeoutError' || timeoutCodes.has(codeOf(error))))
    return new AppError('notice.timeout', { cause: thrown, values: { host } });
  const innermost = chain.at(-1);
  const reason = codeOf(innermost) || innermost?.message || 'unknown';
  return new AppError('notice.unreachable', { cause: thrown, values: { host, reason } });
}

/** An error, what caused it, and so on; of several attempts to connect the first one's. */
function listCauses(thrown: unknown): Error[] {
  if (!(thrown instanceof Error)) return [];
  const inner = thrown instanceof AggregateError ? thrown.errors[0] : thrown.cause;
  return [thrown, ...listCauses(inner)];
}

/** nodemailer keeps the system's code as `originalCode`. */
function codeOf(error: Error | undefined): string {
  if (error === undefined) return '';
  if ('originalCode' in error && typeof error.originalCode === 'string') return error.originalCode;
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

import { createHash, randomUUID } from 'node:crypto';
import { type Clock, rejectOnAbort } from './clock.ts';
import type { WecomTokenAnswer } from './endpoints/gettoken.ts';
import { WecomApiError } from './errors.ts';
import type { StoredToken, TokenFailure, TokenStore } from './token-store.ts';

/** Before a token of the usual lifetime expires, a new one is asked for so much earlier. */
const RENEW_EARLY_MS = 300_000;
/** WeCom may answer with a token that ends at once: it is not asked again sooner than this. */
const MIN_RENEWAL_INTERVAL_MS = 5_000;
const POLL_INTERVAL_MS = 200;

/** The access token of one secret, fetched at most once for all callers. */
export interface TokenSource {
  /** A token to call with now; rejects with the error of gettoken. */
  readonly getToken: (signal?: AbortSignal) => Promise<string>;
  /** Discards a refused token, if it is still the current one. */
  readonly discard: (accessToken: string) => Promise<void>;
}

/** The key of a secret in a token store: 64 hex digits, from which the secret cannot be derived. */
export function buildTokenKey(baseUrl: string, corpId: string, secret: string): string {
  return createHash('sha256')
    .update(JSON.stringify([baseUrl, corpId, secret]))
    .digest('hex');
}

// Clients of one process that share a store share the running refresh too: all of them get its failure at
// once, and a wrong secret is not tried by one client after the other.
const runningRefreshes = new WeakMap<TokenStore, Map<string, Promise<StoredToken>>>();

/** Dependencies of a token source. */
interface TokenSourceParts {
  /** From `buildTokenKey`. */
  readonly key: string;
  readonly store: TokenStore;
  readonly clock: Clock;
  /**
   * Should be longer than `fetchToken` usually takes: a claim that ends early only costs a second gettoken,
   * never a wrong token.
   */
  readonly leaseMs: number;
  readonly fetchToken: () => Promise<WecomTokenAnswer>;
}

type OwnedParts = TokenSourceParts & { readonly owner: string };

/** Creates the token source of one secret. */
export function createTokenSource(sourceParts: TokenSourceParts): TokenSource {
  const parts = { ...sourceParts, owner: randomUUID() };
  let current: StoredToken | null = null;
  return {
    getToken: async (signal) => {
      signal?.throwIfAborted();
      if (!isFresh(current, parts.clock)) current = await rejectOnAbort(shareRefresh(parts), signal);
      return current.accessToken;
    },
    discard: async (accessToken) => {
      // The store first: else a call that begins meanwhile would take the refused token from it once more.
      await parts.store.discard(parts.key, accessToken);
      if (current?.accessToken === accessToken) current = null;
    },
  };
}

function isFresh(token: StoredToken | null, clock: Clock): token is StoredToken {
  return token !== null && token.renewAt.getTime() > clock.nowMs();
}

function toStoredToken({ access_token, expires_in }: WecomTokenAnswer, nowMs: number): StoredToken {
  const lifetimeMs = expires_in * 1_000;
  return {
    accessToken: access_token,
    expiresAt: new Date(nowMs + lifetimeMs),
    renewAt: scheduleRenewal(lifetimeMs, nowMs),
  };
}

/**
 * When a token of this lifetime, fetched now, is to be renewed. Until it ends WeCom answers gettoken with the same
 * token, so that one near its end is used until then: asking earlier gets nothing new.
 */
function scheduleRenewal(lifetimeMs: number, nowMs: number): Date {
  const usableMs = lifetimeMs > RENEW_EARLY_MS ? lifetimeMs - RENEW_EARLY_MS : lifetimeMs;
  return new Date(nowMs + Math.max(usableMs, MIN_RENEWAL_INTERVAL_MS));
}

function shareRefresh(parts: OwnedParts): Promise<StoredToken> {
  const { store, key } = parts;
  const running = runningRefreshes.get(store) ?? new Map<string, Promise<StoredToken>>();
  runningRefreshes.set(store, running);
  const shared = running.get(key) ?? obtainToken(parts).finally(() => running.delete(key));
  running.set(key, shared);
  return shared;
}

/** Takes the token from the store, or waits for another process to put one there, or fetches it. */
async function obtainToken(parts: OwnedParts): Promise<StoredToken> {
  const { key, store, clock, leaseMs, owner } = parts;
  const before = await store.read(key);
  if (isFresh(before.token, clock)) return before.token;
  while (!(await store.claimRefresh(key, owner, leaseMs))) {
    await clock.sleep(POLL_INTERVAL_MS);
    const { token, failure } = await store.read(key);
    if (isFresh(token, clock)) return token;
    // Instants are only compared for equality: the clocks of two processes need not agree.
    if (failure !== null && failure.failedAt.getTime() !== before.failure?.failedAt.getTime()) {
      throw new WecomApiError('gettoken', failure.errcode, failure.errmsg);
    }
  }
  return await refreshClaimed(parts);
}

async function refreshClaimed({ key, store, clock, owner, fetchToken }: OwnedParts): Promise<StoredToken> {
  try {
    // Between our read and our claim another process may have finished its refresh.
    const { token: stored } = await store.read(key);
    if (isFresh(stored, clock)) {
      await store.releaseRefresh(key, owner, null);
      return stored;
    }
    const token = toStoredToken(await fetchToken(), clock.nowMs());
    await store.save(key, token);
    return token;
  } catch (error) {
    // The reason of the failed refresh matters more than a failed release, which ends with the lease.
    await Promise.allSettled([store.releaseRefresh(key, owner, describeFailure(error, clock))]);
    throw error;
  }
}

/**
 * Only WeCom's own refusals are passed on to waiting processes; after a network failure each tries for
 * itself.
 */
function describeFailure(error: unknown, clock: Clock): TokenFailure | null {
  if (!(error instanceof WecomApiError)) return null;
  const hint = error.hint === null ? '' : `, hint: [${error.hint}]`;
  const ip = error.egressIp === null ? '' : `, from ip: ${error.egressIp}`;
  return { errcode: error.errcode, errmsg: `${error.errmsg}${hint}${ip}`, failedAt: new Date(clock.nowMs()) };
}

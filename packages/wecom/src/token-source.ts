import { createHash, randomUUID } from 'node:crypto';
import { abandonOnAbort, type Clock } from './clock.ts';
import type { WecomTokenAnswer } from './endpoints/gettoken.ts';
import { WecomApiError } from './errors.ts';
import type { StoredToken, TokenFailure, TokenStore } from './token-store.ts';

const RENEW_EARLY_MS = 300_000;
const POLL_MS = 200;

/** Gives the access token of one secret, fetching it at most once for all who ask. */
export interface TokenSource {
  /** A token that is good for another 300 s; fails with what gettoken failed with. */
  readonly getToken: (signal?: AbortSignal) => Promise<string>;
  /** Throws a refused token away, if it is still the current one. */
  readonly discard: (accessToken: string) => Promise<void>;
}

/** Names a secret in a token store: 64 hex digits, from which the secret cannot be had. */
export function buildTokenKey(baseUrl: string, corpId: string, secret: string): string {
  return createHash('sha256')
    .update(JSON.stringify([baseUrl, corpId, secret]))
    .digest('hex');
}

// Clients of one process that share a store share the running refresh too: all of them get its failure at once,
// and a wrong secret is not tried by one client after the other.
const runningRefreshes = new WeakMap<TokenStore, Map<string, Promise<StoredToken>>>();

/**
 * Creates the token source of one secret.
 * `leaseMs` must be longer than `fetchToken` can take with its retries: a claim that ends early only costs a second
 * gettoken, never a wrong token.
 */
export function createTokenSource({
  key,
  store,
  clock,
  leaseMs,
  fetchToken,
}: {
  readonly key: string;
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly fetchToken: () => Promise<WecomTokenAnswer>;
}): TokenSource {
  const owner = randomUUID();
  let current: StoredToken | null = null;

  const isFresh = (token: StoredToken | null): token is StoredToken =>
    token !== null && token.expiresAt.getTime() - RENEW_EARLY_MS > clock.nowMs();

  async function obtainToken(): Promise<StoredToken> {
    const before = await store.read(key);
    if (isFresh(before.token)) return before.token;
    while (!(await store.claimRefresh(key, owner, leaseMs))) {
      await clock.sleep(POLL_MS);
      const { token, failure } = await store.read(key);
      if (isFresh(token)) return token;
      // Instants are only compared for equality: the clocks of two processes need not agree.
      if (failure !== null && failure.failedAt.getTime() !== before.failure?.failedAt.getTime()) {
        throw new WecomApiError('gettoken', failure.errcode, failure.errmsg);
      }
    }
    return await refreshClaimed();
  }

  async function refreshClaimed(): Promise<StoredToken> {
    try {
      // Between our read and our claim another process may have finished its refresh.
      const { token: stored } = await store.read(key);
      if (isFresh(stored)) {
        await store.releaseRefresh(key, owner, null);
        return stored;
      }
      const { access_token, expires_in } = await fetchToken();
      const token = { accessToken: access_token, expiresAt: new Date(clock.nowMs() + expires_in * 1_000) };
      await store.save(key, token);
      return token;
    } catch (error) {
      // The reason of the failed refresh matters more than a failed release, which the lease mends by itself.
      await Promise.allSettled([store.releaseRefresh(key, owner, describeFailure(error, clock))]);
      throw error;
    }
  }

  function shareRefresh(): Promise<StoredToken> {
    const running = runningRefreshes.get(store) ?? new Map<string, Promise<StoredToken>>();
    runningRefreshes.set(store, running);
    const shared = running.get(key) ?? obtainToken().finally(() => running.delete(key));
    running.set(key, shared);
    return shared;
  }

  return {
    getToken: async (signal) => {
      signal?.throwIfAborted();
      if (!isFresh(current)) current = await abandonOnAbort(shareRefresh(), signal);
      return current.accessToken;
    },
    discard: async (accessToken) => {
      // The store first: else a call that begins meanwhile would take the refused token from it once more.
      await store.discard(key, accessToken);
      if (current?.accessToken === accessToken) current = null;
    },
  };
}

/** Only WeCom's own refusals are passed on to waiting processes; after a network failure each tries for itself. */
function describeFailure(error: unknown, clock: Clock): TokenFailure | null {
  if (!(error instanceof WecomApiError)) return null;
  const hint = error.hint === null ? '' : `, hint: [${error.hint}]`;
  const ip = error.egressIp === null ? '' : `, from ip: ${error.egressIp}`;
  return { errcode: error.errcode, errmsg: `${error.errmsg}${hint}${ip}`, failedAt: new Date(clock.nowMs()) };
}

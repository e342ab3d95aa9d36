import { type Clock, systemClock } from './clock.ts';

/** An access token as stores keep it. A secret: encrypt it at rest, never log it. */
export interface StoredToken {
  readonly accessToken: string;
  /** When WeCom lets it expire. */
  readonly expiresAt: Date;
  /** From when on a new one is asked for, if WeCom would give a new one. */
  readonly renewAt: Date;
}

/** Why the last refresh failed, for callers that waited for it. Contains no secret. */
export interface TokenFailure {
  readonly errcode: number;
  readonly errmsg: string;
  readonly failedAt: Date;
}

/** What a store knows about one key. */
export interface TokenState {
  readonly token: StoredToken | null;
  /** The failure given to the latest `releaseRefresh`; null after a `save`. */
  readonly failure: TokenFailure | null;
}

/**
 * Where tokens are kept, shared by all who use the same secret: clients, and processes when a database is
 * behind it. No method may keep a transaction or a lock open after it has returned; gettoken is called
 * between two of them. `key` is a hash that names a secret without revealing it; `owner` is a random id of
 * one token source.
 */
export interface TokenStore {
  readonly read: (key: string) => Promise<TokenState>;
  /** Atomically takes the right to refresh for `leaseMs`; false while another owner's lease runs. */
  readonly claimRefresh: (key: string, owner: string, leaseMs: number) => Promise<boolean>;
  /** Stores the token, clears the failure and ends any claim on the key. */
  readonly save: (key: string, token: StoredToken) => Promise<void>;
  /** Deletes the token, but only if it is still this one: another process may have renewed it meanwhile. */
  readonly discard: (key: string, accessToken: string) => Promise<void>;
  /**
   * Ends the claim if `owner` still holds it, and then keeps `failure` for those who wait; else does nothing.
   */
  readonly releaseRefresh: (key: string, owner: string, failure: TokenFailure | null) => Promise<void>;
}

/** Creates a store for the clients of one process. */
export function createMemoryTokenStore({ clock = systemClock }: { readonly clock?: Clock } = {}): TokenStore {
  const states = new Map<string, TokenState>();
  const claims = new Map<string, { readonly owner: string; readonly endsAtMs: number }>();
  const stateOf = (key: string): TokenState => states.get(key) ?? { token: null, failure: null };
  return {
    read: async (key) => stateOf(key),
    claimRefresh: async (key, owner, leaseMs) => {
      const claim = claims.get(key);
      if (claim !== undefined && claim.endsAtMs > clock.elapsedMs()) return false;
      claims.set(key, { owner, endsAtMs: clock.elapsedMs() + leaseMs });
      return true;
    },
    save: async (key, token) => {
      states.set(key, { token, failure: null });
      claims.delete(key);
    },
    discard: async (key, accessToken) => {
      const state = stateOf(key);
      if (state.token?.accessToken === accessToken) states.set(key, { ...state, token: null });
    },
    releaseRefresh: async (key, owner, failure) => {
      if (claims.get(key)?.owner !== owner) return;
      claims.delete(key);
      states.set(key, { ...stateOf(key), failure });
    },
  };
}

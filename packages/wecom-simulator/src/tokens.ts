import type { SimulatorApp } from './apps.ts';

interface IssuedToken {
  readonly app: SimulatorApp;
  readonly expiresAtMs: number;
  expired: boolean;
}

/** How a token is looked up: usable, out of time (42001) or never issued or revoked (40014). */
type TokenLookup =
  | { readonly kind: 'valid'; readonly app: SimulatorApp }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** What a new token looks like. */
export interface TokenRules {
  /** `expires_in` of a new token, in seconds. */
  readonly tokenLifetimeSeconds: number;
  /** Length of a token in bytes, at most 512. */
  readonly tokenBytes: number;
  /** True: gettoken gives the same token again while it is valid, as older documents say. */
  readonly reusesToken: boolean;
}

/** The tokens that the server has given out. */
export interface TokenStore {
  issue(app: SimulatorApp, rules: TokenRules): { token: string; expiresInSeconds: number };
  look(token: string): TokenLookup;
  /** Makes the tokens of one app, or all, answer 42001. */
  expire(agentid?: number): void;
  /** Makes the tokens of one app, or all, answer 40014. */
  revoke(agentid?: number): void;
}

/**
 * Creates an empty token store.
 * @param now clock in milliseconds
 * @param createText gives a fresh random text of the asked length
 */
export function createTokenStore(now: () => number, createText: (length: number) => string): TokenStore {
  const issued = new Map<string, IssuedToken>();
  const current = new Map<number, string>();

  function findReusable(app: SimulatorApp): { token: string; expiresInSeconds: number } | undefined {
    const token = current.get(app.agentid);
    const known = token === undefined ? undefined : issued.get(token);
    if (token === undefined || known === undefined || known.expired) return undefined;
    const expiresInSeconds = Math.floor((known.expiresAtMs - now()) / 1000);
    return expiresInSeconds > 0 ? { token, expiresInSeconds } : undefined;
  }

  return {
    issue(app, rules) {
      const reusable = rules.reusesToken ? findReusable(app) : undefined;
      if (reusable !== undefined) return reusable;
      const token = createText(rules.tokenBytes);
      const expiresAtMs = now() + rules.tokenLifetimeSeconds * 1000;
      issued.set(token, { app, expiresAtMs, expired: false });
      current.set(app.agentid, token);
      return { token, expiresInSeconds: rules.tokenLifetimeSeconds };
    },
    look(token) {
      const known = issued.get(token);
      if (known === undefined) return { kind: 'unknown' };
      if (known.expired || known.expiresAtMs <= now()) return { kind: 'expired' };
      return { kind: 'valid', app: known.app };
    },
    expire(agentid) {
      for (const token of issued.values()) {
        if (agentid === undefined || token.app.agentid === agentid) token.expired = true;
      }
    },
    revoke(agentid) {
      for (const [token, { app }] of issued) {
        if (agentid === undefined || app.agentid === agentid) issued.delete(token);
      }
    },
  };
}

import {
  type Clock,
  createMemoryTokenStore,
  createPacer,
  createWecomClient,
  type OnCall,
  type SharedBudget,
  type TokenStore,
  type WecomClient,
} from '@orgmirror/wecom';
import type { Config } from '../platform/config.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import type { CallPurpose } from './call-budget.ts';
import type { SavedConnection } from './wecom-connection-repository.ts';

export interface WecomCredentials {
  corpId: string;
  agentId: number;
  secret: string;
}

export type ConnectWecom = (
  credentials: WecomCredentials,
  options?: {
    onCall?: OnCall;
    /**
     * Asks WeCom for a token even if one is stored, as a test of the credentials must; the new one is then
     * shared.
     */
    freshToken?: boolean;
    /**
     * For sign-ins, where a member waits: its calls do not queue behind those of a sync, and neither wait out
     * a limit window nor make others wait. WeCom counts no valid code against its limits
     * (document/path/90454).
     */
    forSignIn?: boolean;
    /**
     * For notices, which are tried again later: they wait out no limit window either, and a sync waits for
     * none of theirs.
     */
    forNotices?: boolean;
  },
) => WecomClient;

/** A member does not wait a minute for a sign-in. */
const signInRetry = { maxTries: 2, maxLimitWaitMs: 0 };
/** An attempt ends after four times that. */
const signInTimeoutMs = 10_000;
const noticeRetry = { maxTries: 1, maxLimitWaitMs: 0 };

/** How the clients wait; their own defaults unless told. */
export interface WecomTiming {
  clock?: Clock;
  timeoutMs?: number;
}

/** What all clients of a process share beside pacing and tokens. */
interface Shared extends WecomTiming {
  /** What all processes share; without it the limits are those of this process. */
  budgetFor?: (purpose: CallPurpose) => SharedBudget;
  /** Told of every call, beside the listener of the client. */
  onCall?: OnCall;
}

/** Makes clients that share the tokens and the limits of all processes. */
export function createConnectWecom(
  config: Config['wecom'],
  tokenStore: TokenStore,
  { onCall: onAnyCall, budgetFor, ...timing }: Shared = {},
): ConnectWecom {
  const limits = {
    ...timing,
    maxConcurrency: config.maxConcurrency,
    maxCallsPerMinute: config.maxCallsPerMinute,
  };
  const createPacerFor = (purpose: CallPurpose) => createPacer({ ...limits, budget: budgetFor?.(purpose) });
  const pacers = {
    directory: createPacerFor('directory'),
    signIn: createPacerFor('signIn'),
    notices: createPacerFor('notices'),
  };
  return ({ corpId, secret }, options = {}) =>
    createWecomClient({
      corpId,
      secret,
      baseUrl: config.apiBaseUrl,
      proxyUrl: config.proxyUrl,
      pacer: pacers[choosePurpose(options)],
      ...timing,
      ...(options.forSignIn && { retry: signInRetry, timeoutMs: signInTimeoutMs }),
      ...(options.forNotices && { retry: noticeRetry, timeoutMs: signInTimeoutMs }),
      tokenStore: options.freshToken ? createFreshTokenStore(tokenStore) : tokenStore,
      onCall: (event) => {
        onAnyCall?.(event);
        options.onCall?.(event);
      },
    });
}

const choosePurpose = ({ forSignIn, forNotices }: NonNullable<Parameters<ConnectWecom>[1]>): CallPurpose =>
  forSignIn ? 'signIn' : forNotices ? 'notices' : 'directory';

/** A store that knows nothing at first, neither a token nor a refusal, and passes on what it learns. */
function createFreshTokenStore(shared: TokenStore): TokenStore {
  const own = createMemoryTokenStore();
  return {
    ...own,
    save: async (key, token) => {
      await own.save(key, token);
      await shared.save(key, token);
    },
  };
}

/**
 * The credentials of the saved connection.
 * @throws AppError `settings.incomplete` before the first save; SealedValueError after a change of APP_SECRET
 */
export function openCredentials(saved: SavedConnection | null, secretBox: SecretBox): WecomCredentials {
  if (saved === null) throw new AppError('settings.incomplete');
  return {
    corpId: saved.corp.corpId,
    agentId: Number(saved.agentId),
    secret: secretBox.open(saved.secretSealed, sealContexts.appSecret),
  };
}

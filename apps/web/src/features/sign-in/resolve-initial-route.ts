import type { endpoints, SignedInUser, SignInOptions } from '@orgmirror/contracts';
import { signedInHint } from '../../config/preferences.ts';
import { sendRequest } from './sign-in-requests.ts';

export type InitialRoute =
  | { kind: 'checking' }
  | { kind: 'unreachable' }
  | { kind: 'setup' }
  /** A link that sets the password of a local account, whether or not somebody is signed in here. */
  | { kind: 'reset'; token: string }
  /** `options` is null when the request for them failed. */
  | { kind: 'signIn'; options: SignInOptions | null }
  | { kind: 'console'; user: SignedInUser };

/** What a link that sets a password has behind its address; no server sees it. */
const resetMark = '#reset=';

/**
 * Decides which page a page load opens. All requests start at once, because an answer rarely makes the others
 * needless. The sign-in and set-up pages request the session only if there may be one, and only they request
 * the sign-in options before it is known that they are needed.
 */
export async function resolveInitialRoute({
  pathname,
  hash,
}: Pick<Location, 'pathname' | 'hash'>): Promise<InitialRoute> {
  if (pathname === '/sign-in' && hash.startsWith(resetMark))
    return { kind: 'reset', token: hash.slice(resetMark.length) };
  const isSignedOutPage = pathname === '/sign-in' || pathname === '/setup';
  const [session, setup, requested] = await Promise.all([
    isSignedOutPage && !signedInHint.get()
      ? null
      : sendRequest<typeof endpoints.getSession>('get', '/session'),
    sendRequest<typeof endpoints.getSetup>('get', '/setup'),
    isSignedOutPage ? requestOptions() : null,
  ]);
  signedInHint.set(session?.kind === 'answered');
  if (session?.kind === 'answered') return { kind: 'console', user: session.body.user };
  if (setup.kind !== 'answered') return { kind: 'unreachable' };
  if (setup.body.required) return { kind: 'setup' };
  const options = requested ?? (await requestOptions());
  return { kind: 'signIn', options: options.kind === 'answered' ? options.body : null };
}

const requestOptions = () => sendRequest<typeof endpoints.getSignInOptions>('get', '/sign-in/options');

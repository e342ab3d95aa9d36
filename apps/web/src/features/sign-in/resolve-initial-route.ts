import type { endpoints, SignedInUser, SignInOptions } from '@orgmirror/contracts';
import { signedInHint } from '../../config/preferences.ts';
import { sendRequest } from './sign-in-requests.ts';

export type InitialRoute =
  | { kind: 'checking' }
  | { kind: 'unreachable' }
  | { kind: 'setup' }
  /** `options` is null when the server did not say which ways there are. */
  | { kind: 'signIn'; options: SignInOptions | null }
  | { kind: 'console'; user: SignedInUser };

/**
 * Where a page load begins. All questions are asked at once: the answer to one rarely makes the others needless.
 * The sign-in and set-up pages ask for the session only when there may be one, and only they ask for the ways to sign
 * in before it is known that they are needed.
 */
export async function resolveInitialRoute(pathname: string): Promise<InitialRoute> {
  const isSignedOutPage = pathname === '/sign-in' || pathname === '/setup';
  const [session, setup, ways] = await Promise.all([
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
  const options = ways ?? (await requestOptions());
  return { kind: 'signIn', options: options.kind === 'answered' ? options.body : null };
}

const requestOptions = () => sendRequest<typeof endpoints.getSignInOptions>('get', '/sign-in/options');

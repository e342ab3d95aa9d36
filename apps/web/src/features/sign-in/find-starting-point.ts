import type { endpoints, SignedInUser } from '@orgmirror/contracts';
import { signedInHint } from '../../config/preferences.ts';
import { requestEntry } from './request-entry.ts';

export type StartingPoint =
  | { kind: 'checking' }
  | { kind: 'unreachable' }
  | { kind: 'setup' }
  | { kind: 'signIn' }
  | { kind: 'console'; user: SignedInUser };

/**
 * Where a page load begins. Both questions are asked at once: the answer to one rarely makes the other needless.
 * The sign-in and set-up pages ask for the session only when there may be one.
 */
export async function findStartingPoint(pathname: string): Promise<StartingPoint> {
  const isEntryPage = pathname === '/sign-in' || pathname === '/setup';
  const [session, setup] = await Promise.all([
    isEntryPage && !signedInHint.get() ? null : requestEntry<typeof endpoints.getSession>('get', '/session'),
    requestEntry<typeof endpoints.getSetup>('get', '/setup'),
  ]);
  signedInHint.set(session?.kind === 'answered');
  if (session?.kind === 'answered') return { kind: 'console', user: session.body.user };
  if (setup.kind !== 'answered') return { kind: 'unreachable' };
  return { kind: setup.body.required ? 'setup' : 'signIn' };
}

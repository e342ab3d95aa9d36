import type { endpoints, SignedInUser } from '@orgmirror/contracts';
import { requestEntry } from './request-entry.ts';

export type StartingPoint =
  | { kind: 'checking' }
  | { kind: 'unreachable' }
  | { kind: 'setup' }
  | { kind: 'signIn' }
  | { kind: 'console'; user: SignedInUser };

/** Where a page load begins. Both questions are asked at once: the answer to one rarely makes the other needless. */
export async function findStartingPoint(): Promise<StartingPoint> {
  const [session, setup] = await Promise.all([
    requestEntry<typeof endpoints.getSession>('get', '/session'),
    requestEntry<typeof endpoints.getSetup>('get', '/setup'),
  ]);
  if (session.kind === 'answered') return { kind: 'console', user: session.body.user };
  if (setup.kind !== 'answered') return { kind: 'unreachable' };
  return { kind: setup.body.required ? 'setup' : 'signIn' };
}

import type { SignedInUser } from '@orgmirror/contracts';
import { createContext, use } from 'react';

/** Who is signed in; set once for the life of the page. */
export const SessionContext = createContext<SignedInUser | null>(null);

export function useSignedInUser(): SignedInUser {
  const user = use(SessionContext);
  if (user === null) throw new Error('no one is signed in');
  return user;
}

/** Whether the person may read more than the directory and their own profile: settings, runs, the audit log. */
export const useSeesConsole = (): boolean => useSignedInUser().role !== 'member';

/** Whom the person may look at closely: everyone, or only themselves. The server decides, as below. */
export function useMayOpenMember(): (member: { wecomUserId: string }) => boolean {
  const { role, wecomUserId: own } = useSignedInUser();
  return ({ wecomUserId }) => role !== 'member' || wecomUserId.toLowerCase() === own?.toLowerCase();
}

/** Whether the person may change things; the server decides, this only spares them buttons that would fail. */
export const useIsAdmin = (): boolean => useSignedInUser().role === 'admin';

import type { SignedInUser } from '@orgmirror/contracts';
import { createContext, use, useCallback } from 'react';

/** The signed-in user; set once per page load. */
export const SessionContext = createContext<SignedInUser | null>(null);

export function useSignedInUser(): SignedInUser {
  const user = use(SessionContext);
  if (user === null) throw new Error('no one is signed in');
  return user;
}

/** Whether the user may read more than the directory and their own profile: settings, runs, the audit log. */
export const useSeesConsole = (): boolean => useSignedInUser().role !== 'member';

/** Which members the user may open: all, or only themselves. The server enforces it, as below. */
export function useMayOpenMember(): (member: { wecomUserId: string }) => boolean {
  const { role, wecomUserId: own } = useSignedInUser();
  return useCallback(
    ({ wecomUserId }) => role !== 'member' || wecomUserId.toLowerCase() === own?.toLowerCase(),
    [role, own],
  );
}

/** Whether the user may change anything; the server enforces it, this only hides buttons that would fail. */
export const useIsAdmin = (): boolean => useSignedInUser().role === 'admin';

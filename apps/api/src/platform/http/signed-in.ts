import type { SignedInUser } from '@orgmirror/contracts';

/** Who makes a request. */
export interface SignedIn {
  sessionId: string;
  user: SignedInUser;
}

declare global {
  namespace Express {
    interface Request {
      /** Set by the session middleware; absent without a session. */
      signedIn?: SignedIn;
    }
  }
}

/**
 * How runs and the audit log name a user: many members have the same name, so the userid stands beside it.
 */
export const nameOf = ({ displayName, wecomUserId }: SignedInUser): string =>
  wecomUserId === undefined ? displayName : `${displayName} (${wecomUserId})`;

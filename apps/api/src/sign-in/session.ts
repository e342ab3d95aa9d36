import type { SignedInUser } from '@orgmirror/contracts';

/** Who makes a request. */
export interface SignedIn {
  sessionId: string;
  user: SignedInUser;
}

declare global {
  namespace Express {
    interface Request {
      /** Set by the session middleware; absent when nobody is signed in. */
      signedIn?: SignedIn;
    }
  }
}

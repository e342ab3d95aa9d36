import type { PasswordResetLink } from '@orgmirror/contracts';

/** A link that was just made, and for whom. */
export interface IssuedLink {
  username: string;
  link: PasswordResetLink;
}

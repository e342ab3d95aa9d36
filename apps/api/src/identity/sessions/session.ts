import type { SignedInUser } from '@orgmirror/contracts';
import type { SessionOwner } from './session-repository.ts';

/** The owner of the sessions of a signed-in user. */
export const ownerOf = ({ kind, id }: SignedInUser): SessionOwner =>
  kind === 'local' ? { userId: id } : { memberId: Number(id) };

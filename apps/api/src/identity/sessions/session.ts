import type { SignedInUser } from '@orgmirror/contracts';
import type { SessionOwner } from './session-repository.ts';

/** Whose sessions are somebody's own. */
export const ownerOf = ({ kind, id }: SignedInUser): SessionOwner =>
  kind === 'local' ? { userId: id } : { memberId: Number(id) };

import type { ErrorCode } from '@orgmirror/contracts';
import { wecomStatuses } from '../../directory/members/member-status.ts';
import type { Member } from '../../platform/database/generated/client.ts';

/** What decides whether a member may use the console. */
export type MemberAccessState = Pick<Member, 'presence' | 'status' | 'disabledBy'>;

/**
 * Why a member may not use the console; undefined: they may. Only a member who is present, activated and not
 * disabled may. Where WeCom shows the app no status (private editions), it is its sign-in that lets only
 * activated members through. `sync/apply/revoke-sessions.ts` states the same rule in SQL.
 */
export function checkConsoleAccess({
  presence,
  status,
  disabledBy,
}: MemberAccessState): ErrorCode | undefined {
  if (presence === 'left' || status === wecomStatuses.left) return 'sign_in.member_left';
  if (disabledBy !== null || status === wecomStatuses.disabled) return 'sign_in.member_disabled';
  if (status !== null && status !== wecomStatuses.activated) return 'sign_in.member_not_activated';
  return undefined;
}

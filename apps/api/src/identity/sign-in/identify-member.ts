import { toMemberKey } from '@orgmirror/planner';
import { WecomApiError, type WecomClient } from '@orgmirror/wecom';
import type { Member, PrismaClient } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { checkConsoleAccess } from '../sessions/check-console-access.ts';

export interface IdentifiedMember {
  member: Member;
  /** Opens what the member agreed to give. */
  userTicket: string | undefined;
}

/** A refusal of a member whom WeCom has named. */
export class MemberRefusedError extends AppError {
  override name = 'MemberRefusedError';
  /** For the audit log. */
  readonly userId: string;

  constructor(code: ConstructorParameters<typeof AppError>[0], userId: string) {
    super(code);
    this.userId = userId;
  }
}

/** WeCom's codes for a code that is used, too old or of another app. */
const invalidCode = new Set([40029, 42003, 42022]);

/**
 * Finds the member behind a code. WeCom names any member of the company, also those outside the visible
 * scope: only a member of this corp's directory who is present, activated and not disabled may sign in.
 * @throws AppError `sign_in.code_invalid`, `sign_in.outsider`; MemberRefusedError `sign_in.linked_corp`,
 *   `sign_in.member_…`; WecomError
 */
export async function identifyMember(
  { prisma, client }: { prisma: PrismaClient; client: WecomClient },
  corpRowId: number,
  code: string,
): Promise<IdentifiedMember> {
  const identity = await askWecom(client, code);
  if (identity.kind === 'outsider') throw new AppError('sign_in.outsider');
  const { userid } = identity;
  if (identity.kind === 'linkedCorp')
    throw new MemberRefusedError('sign_in.linked_corp', `${identity.corpId}/${userid}`);
  const where = { corpRowId_userKey: { corpRowId, userKey: toMemberKey(userid) } };
  const member = await prisma.member.findUnique({ where });
  const refusal = member === null ? 'sign_in.member_unknown' : checkConsoleAccess(member);
  if (member === null || refusal !== undefined)
    throw new MemberRefusedError(refusal ?? 'sign_in.member_unknown', userid);
  return { member, userTicket: identity.userTicket };
}

async function askWecom(client: WecomClient, code: string) {
  try {
    return await client.getIdentity(code);
  } catch (error) {
    if (error instanceof WecomApiError && invalidCode.has(error.errcode))
      throw new AppError('sign_in.code_invalid', { cause: error });
    throw error;
  }
}

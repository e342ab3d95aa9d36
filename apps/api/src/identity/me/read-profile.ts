import type { Me, SignedInUser } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import { readMemberDetail } from '../../directory/members/read-member-detail.ts';
import { openAuthorisedDocument } from '../../directory/sensitive/authorised-document.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { findEnabledProvider } from '../auth-providers/auth-provider-repository.ts';
import { findConsent } from '../consent/consent-repository.ts';
import { presentConsent } from '../consent/present-consent.ts';

/** Who is signed in; of a member also the profile and what they authorised. */
export async function readProfile(
  dependencies: { prisma: PrismaClient; secretBox: SecretBox },
  user: SignedInUser,
): Promise<Me> {
  const { prisma, secretBox } = dependencies;
  if (user.wecomUserId === undefined) return { user, member: null, authorisation: null };
  const memberId = Number(user.id);
  const { corpRowId } = await prisma.member.findUniqueOrThrow({ where: { id: memberId } });
  const given = await findConsent(prisma, memberId);
  const provider = await findEnabledProvider(prisma);
  return {
    user,
    member: await readMemberDetail(dependencies, corpRowId, toMemberKey(user.wecomUserId)),
    authorisation: presentConsent(
      given,
      given.sealed ? openAuthorisedDocument(secretBox, given.sealed) : {},
      provider?.scope === 'snsapi_privateinfo',
    ),
  };
}

import type { MemberExportRequest } from '@orgmirror/contracts';
import { findCurrentCorp } from '../directory/departments/current-corp.ts';
import { findMobileOwners, looksForMobile, type MobileOwner } from '../directory/search/mobile-owners.ts';
import { readMobile } from '../directory/sensitive/mobile-digest.ts';
import { maskValue } from '../directory/sensitive/sensitive-fields.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { SignedIn } from '../platform/http/signed-in.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { listFiltered } from './read-members.ts';

interface ReplacedRequest {
  request: MemberExportRequest;
  /** Those of the members whom the number itself found. */
  owners: MobileOwner[];
}

/**
 * A request that looks for a full mobile number names the members instead whom the list shows for it: the number is
 * neither kept with the export nor written into the audit log.
 */
export async function replaceMobile(
  { prisma, secretBox }: { prisma: PrismaClient; secretBox: SecretBox },
  given: MemberExportRequest,
  session: SignedIn,
): Promise<ReplacedRequest> {
  const { filter } = given;
  if (filter?.q === undefined || readMobile(filter.q) === undefined) return { request: given, owners: [] };
  const corp = await findCurrentCorp(prisma);
  const owners =
    corp !== undefined && looksForMobile(filter.q, session)
      ? await findMobileOwners({ prisma, secretBox }, corp.id, filter.q)
      : [];
  const ids = corp === undefined ? [] : await listFiltered(prisma, corp, filter, owners);
  const masked = { ...given, filter: { ...filter, q: maskValue('mobile', filter.q) } };
  if (ids.length === 0) return { request: masked, owners: [] };
  const found = await prisma.member.findMany({ where: { id: { in: ids } }, select: { userId: true } });
  return {
    request: { ...given, filter: undefined, userIds: found.map(({ userId }) => userId) },
    owners: owners.filter(({ id }) => ids.includes(id)),
  };
}

import type { MemberExportRequest } from '@orgmirror/contracts';
import { listAttributes } from '../directory/attributes/attribute-repository.ts';
import { findCurrentCorp } from '../directory/departments/current-corp.ts';
import type { Attribute, PrismaClient } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';
import type { ExportSource, SourceDependencies } from './export-source.ts';
import { presentHeads, presentMemberRow } from './present-member-row.ts';
import { readMembers } from './read-members.ts';

/** Members in the order of their userids, a row each. */
export async function openMembers(
  dependencies: SourceDependencies,
  request: MemberExportRequest,
  language: Locale,
): Promise<ExportSource> {
  const attributes = await listWantedAttributes(dependencies.prisma, request.attributes);
  const form = { columns: request.columns, attributes, language };
  return {
    heads: presentHeads(form),
    async *readPages(onTotal) {
      for await (const members of readMembers(dependencies, request, onTotal))
        yield { rows: members.map((member) => presentMemberRow(member, form)), entries: members.length };
    },
  };
}

/** Those that are still there, in the order of the corp. */
async function listWantedAttributes(prisma: PrismaClient, keys: readonly string[]): Promise<Attribute[]> {
  const corp = keys.length === 0 ? undefined : await findCurrentCorp(prisma);
  if (corp === undefined) return [];
  return (await listAttributes(prisma, corp.id)).filter(({ key }) => keys.includes(key));
}

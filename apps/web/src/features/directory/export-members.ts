import type { MemberSummary } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { listMembers } from '../../lib/api/directory.ts';
import { formatCsv } from '../../lib/csv.ts';
import { readAllPages } from '../../lib/export/read-all-pages.ts';
import { type OrgParams, toMemberFilter, toMemberOrder } from './org-params.ts';

const maxPageSize = 200;

/**
 * Reads every member of the current filter, page by page, and gives them as one CSV text. Rejects when a page
 * fails.
 */
export async function exportMembers(
  params: OrgParams,
  t: TFunction,
  onRead: (count: number) => void,
  signal: AbortSignal,
): Promise<{ csv: string; count: number }> {
  const rows: string[][] = [buildHeadRow(t)];
  const readPage = (cursor: { cursor?: string }) =>
    listMembers(
      { query: { ...toMemberFilter(params), ...toMemberOrder(params), limit: maxPageSize, ...cursor } },
      signal,
    );
  for await (const members of readAllPages(readPage)) {
    for (const member of members) rows.push(buildRow(member, t));
    onRead(rows.length - 1);
  }
  return { csv: formatCsv(rows), count: rows.length - 1 };
}

/** The same of members that are in hand. */
export const formatMembers = (members: readonly MemberSummary[], t: TFunction): string =>
  formatCsv([buildHeadRow(t), ...members.map((member) => buildRow(member, t))]);

const buildHeadRow = (t: TFunction): string[] => [
  t('org.export.column.name'),
  t('org.export.column.alias'),
  t('org.export.column.wecomUserId'),
  t('org.export.column.departments'),
  t('org.export.column.mainDepartment'),
  t('org.export.column.leaderOf'),
  t('org.export.column.position'),
  t('org.export.column.status'),
  t('org.export.column.mobile'),
  t('org.export.column.email'),
];

function buildRow(member: MemberSummary, t: TFunction): string[] {
  const getPath = ({ path }: MemberSummary['departments'][number]) => path.map(({ name }) => name).join('/');
  return [
    member.name,
    member.alias ?? '',
    member.wecomUserId,
    member.departments.map(getPath).join('; '),
    member.departments
      .filter(({ isMain }) => isMain)
      .map(getPath)
      .join('; '),
    member.departments
      .filter(({ isLeader }) => isLeader)
      .map(getPath)
      .join('; '),
    member.position ?? '',
    t(`org.status.${member.presence === 'left' ? 'left' : member.status}`),
    member.mobileMasked ?? '',
    member.emailMasked ?? '',
  ];
}

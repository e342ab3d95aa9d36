import { type MemberExportColumn, memberExportColumnTexts, memberStatusTexts } from '@orgmirror/contracts';
import type { Attribute } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';
import type { ExportedMember, ExportedPlace } from './exported-member.ts';

const listPaths = (places: readonly ExportedPlace[]): string => places.map(({ path }) => path).join('; ');

const cells: Record<MemberExportColumn, (member: ExportedMember, language: Locale) => string> = {
  name: ({ name }) => name,
  alias: ({ alias }) => alias,
  wecomUserId: ({ userId }) => userId,
  departments: ({ places }) => listPaths(places),
  mainDepartment: ({ places }) => listPaths(places.filter(({ isMain }) => isMain)),
  leaderOf: ({ places }) => listPaths(places.filter(({ isLeader }) => isLeader)),
  directLeaders: ({ directLeaderUserIds }) => directLeaderUserIds.join('; '),
  position: ({ position }) => position,
  status: ({ status }, language) => memberStatusTexts[status][language],
  mobile: ({ mobile }) => mobile,
  email: ({ email }) => email,
};

/** What a file of members has for each of them, and in which language. */
export interface FileForm {
  columns: readonly MemberExportColumn[];
  attributes: readonly Attribute[];
  language: Locale;
}

/** The heads of a file of members. */
export const presentHeads = ({ columns, attributes, language }: FileForm): string[] => [
  ...columns.map((column) => memberExportColumnTexts[column][language]),
  ...attributes.map(({ nameZh, nameEn }) => (language === 'zh' ? nameZh : nameEn)),
];

/** A member as a row of a file. */
export const presentMemberRow = (
  member: ExportedMember,
  { columns, attributes, language }: FileForm,
): string[] => [
  ...columns.map((column) => cells[column](member, language)),
  ...attributes.map(({ key }) => member.attributes[key] ?? ''),
];

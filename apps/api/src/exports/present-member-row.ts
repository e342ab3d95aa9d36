import {
  type MemberExportColumn,
  type MemberSummary,
  memberExportColumnTexts,
  memberStatusTexts,
} from '@orgmirror/contracts';
import type { Attribute } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';

/** Mobile and e-mail as they are written: masked or in full. */
export interface ShownContacts {
  mobile: string;
  email: string;
}

type Place = MemberSummary['departments'][number];

const listPaths = (places: readonly Place[]): string =>
  places.map(({ path }) => path.map(({ name }) => name).join('/')).join('; ');

const cells: Record<
  MemberExportColumn,
  (member: MemberSummary, contacts: ShownContacts, language: Locale) => string
> = {
  name: ({ name }) => name,
  alias: ({ alias }) => alias ?? '',
  wecomUserId: ({ wecomUserId }) => wecomUserId,
  departments: ({ departments }) => listPaths(departments),
  mainDepartment: ({ departments }) => listPaths(departments.filter(({ isMain }) => isMain)),
  leaderOf: ({ departments }) => listPaths(departments.filter(({ isLeader }) => isLeader)),
  directLeaders: ({ directLeaderUserIds }) => directLeaderUserIds.join('; '),
  position: ({ position }) => position ?? '',
  status: ({ presence, status }, _contacts, language) =>
    memberStatusTexts[presence === 'left' ? 'left' : status][language],
  mobile: (_member, { mobile }) => mobile,
  email: (_member, { email }) => email,
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
  member: MemberSummary,
  contacts: ShownContacts,
  { columns, attributes, language }: FileForm,
): string[] => [
  ...columns.map((column) => cells[column](member, contacts, language)),
  ...attributes.map(({ key }) => member.attributeValues[key] ?? ''),
];

import {
  type MemberExportColumn,
  type MemberSummary,
  memberExportColumnTexts,
  memberStatusTexts,
} from '@orgmirror/contracts';
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

/** The heads of a file of members. */
export const presentHeads = (columns: readonly MemberExportColumn[], language: Locale): string[] =>
  columns.map((column) => memberExportColumnTexts[column][language]);

/** A member as a row of a file. */
export const presentMemberRow = (
  member: MemberSummary,
  contacts: ShownContacts,
  { columns, language }: { columns: readonly MemberExportColumn[]; language: Locale },
): string[] => columns.map((column) => cells[column](member, contacts, language));

import type { MemberDetail, MemberSummary } from '@orgmirror/contracts';
import type { SecretBox } from '../secret-box.ts';
import { openSensitiveDocument, type SensitiveDocument } from '../sensitive-document.ts';
import { maskValue, type SensitiveFieldName } from '../sensitive-fields.ts';
import { parsePath } from './department-repository.ts';
import type { MemberRow, PlaceRow } from './member-repository.ts';
import { presentStatus } from './member-status.ts';
import { presentPath } from './present-departments.ts';
import { presentExtendedAttributes } from './present-extended-attributes.ts';

/** A member as lists show it: sensitive fields masked, null where nothing was ever visible. */
export function presentMember(
  row: MemberRow,
  places: readonly PlaceRow[],
  departmentNames: ReadonlyMap<number, string>,
  secretBox: SecretBox,
): MemberSummary {
  const sensitive = openSensitive(row, secretBox);
  return {
    id: String(row.id),
    wecomUserId: row.userId,
    name: row.name,
    alias: row.alias,
    position: row.position,
    status: presentStatus(row.status),
    presence: row.presence,
    leftAt: row.leftAt?.toISOString() ?? null,
    leftRunId: row.leftRunId,
    mainDepartmentId: places.find(({ isMain }) => isMain)?.departmentId ?? null,
    departments: places.map(({ departmentId, name, path, isLeader, isMain, sortOrder }) => ({
      id: departmentId,
      name,
      path: presentPath(parsePath(path), departmentNames),
      isLeader,
      isMain,
      sortOrder,
    })),
    directLeaderUserIds: readUserIds(row.directLeaderUserIds),
    avatarUrl: presentAvatar(row.thumbAvatarUrl || row.avatarUrl),
    gender: row.gender === '1' ? 'male' : row.gender === '2' ? 'female' : null,
    mobileMasked: mask(sensitive, 'mobile'),
    emailMasked: mask(sensitive, 'email') ?? mask(sensitive, 'bizMail'),
    role: row.role,
    disabledBy: row.disabledBy,
  };
}

/** A member with everything that their page shows. */
export function presentMemberDetail(
  row: MemberRow,
  summary: MemberSummary,
  secretBox: SecretBox,
  related: { directLeaders: MemberDetail['directLeaders']; history: MemberDetail['history'] },
): MemberDetail {
  const sensitive = openSensitive(row, secretBox);
  return {
    ...summary,
    englishName: row.englishName,
    telephone: row.telephone,
    externalPosition: row.externalPosition,
    externalProfile: row.externalProfile,
    bizMailMasked: mask(sensitive, 'bizMail'),
    addressMasked: mask(sensitive, 'address'),
    qrCodeSet: sensitive.qrCodeUrl === undefined ? null : sensitive.qrCodeUrl !== '',
    extendedAttributes: presentExtendedAttributes(row.extendedAttributes),
    ...related,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The list of userids that apply-plan.ts wrote. */
export const readUserIds = (value: MemberRow['directLeaderUserIds']): string[] =>
  Array.isArray(value) ? value.map(String) : [];

function openSensitive(row: MemberRow, secretBox: SecretBox): SensitiveDocument {
  return Object.assign({}, ...row.sensitive.map(({ sealed }) => openSensitiveDocument(secretBox, sealed)));
}

function mask(sensitive: SensitiveDocument, field: SensitiveFieldName): string | null {
  const value = sensitive[field];
  return value === undefined ? null : maskValue(field, value);
}

/** WeCom gives http addresses; a page served by https may not load those. */
const presentAvatar = (url: string | null): string | null =>
  url === null || url === '' ? null : url.replace(/^http:/, 'https:');

import { authorisableFields, type MemberDetail, type MemberSummary } from '@orgmirror/contracts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { presentPath } from '../departments/present-departments.ts';
import { maskValue } from '../sensitive/sensitive-fields.ts';
import { readSensitiveValues, type SensitiveValues } from '../sensitive/sensitive-values.ts';
import type { MemberRow } from './member-repository.ts';
import { presentStatus } from './member-status.ts';
import { presentExtendedAttributes } from './present-extended-attributes.ts';
import { presentAvatar, presentGender } from './present-fields.ts';
import type { ListedMember, MemberPlace } from './read-listed-members.ts';

/** A member as lists show it: sensitive fields masked, null where nothing was ever visible. */
export function presentMember(
  row: ListedMember,
  places: readonly MemberPlace[],
  departmentNames: ReadonlyMap<number, string>,
  secretBox: SecretBox,
): Omit<MemberSummary, 'attributeValues'> {
  const sensitive = readSensitiveValues(row, secretBox);
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
      path: presentPath(path, departmentNames),
      isLeader,
      isMain,
      sortOrder,
    })),
    directLeaderUserIds: readUserIds(row.directLeaderUserIds),
    avatarUrl: presentAvatar(row.thumbAvatarUrl || row.avatarUrl || (sensitive.avatar?.value ?? null)),
    gender: presentGender(row.gender) ?? presentGender(sensitive.gender?.value ?? null),
    mobileMasked: mask(sensitive, 'mobile'),
    emailMasked: mask(sensitive, 'email') ?? mask(sensitive, 'bizMail'),
    role: row.role,
    disabledBy: row.disabledBy,
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A member with everything that their page shows. */
export function presentMemberDetail(
  row: MemberRow,
  summary: MemberSummary,
  secretBox: SecretBox,
  related: Pick<MemberDetail, 'attributes' | 'directLeaders' | 'history' | 'historyNames'>,
): MemberDetail {
  const sensitive = readSensitiveValues(row, secretBox);
  return {
    ...summary,
    englishName: row.englishName,
    telephone: row.telephone,
    externalPosition: row.externalPosition,
    externalProfile: row.externalProfile,
    bizMailMasked: mask(sensitive, 'bizMail'),
    addressMasked: mask(sensitive, 'address'),
    qrCodeSet: sensitive.qrCode === undefined ? null : sensitive.qrCode.value !== '',
    sensitiveFields: presentSources(row, sensitive),
    returned: presentReturn(row),
    extendedAttributes: presentExtendedAttributes(row.extendedAttributes),
    ...related,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Of a member who came back and whose role nobody has decided on since. */
function presentReturn({ presence, formerLeftAt, formerRole }: MemberRow): MemberDetail['returned'] {
  if (presence === 'left' || formerLeftAt === null) return null;
  return { leftAt: formerLeftAt.toISOString(), role: formerRole ?? 'member' };
}

/** The list of userids that apply-plan.ts wrote. */
export const readUserIds = (value: MemberRow['directLeaderUserIds']): string[] =>
  Array.isArray(value) ? value.map(String) : [];

type MaskedField = 'mobile' | 'email' | 'bizMail' | 'address';

function mask(sensitive: SensitiveValues, field: MaskedField): string | null {
  const known = sensitive[field];
  return known === undefined ? null : maskValue(field, known.value);
}

/** Only what is shown: an avatar that contacts have hides the one that the member gave. */
function presentSources(row: MemberRow, sensitive: SensitiveValues): MemberDetail['sensitiveFields'] {
  const hidden = {
    avatar: Boolean(row.thumbAvatarUrl || row.avatarUrl),
    gender: presentGender(row.gender) !== null,
  };
  return authorisableFields.flatMap((field) => {
    const known = sensitive[field];
    if (known === undefined || (field in hidden && hidden[field as keyof typeof hidden])) return [];
    return [{ field, source: known.source, at: known.at.toISOString() }];
  });
}

import { createMemberFields, type ReadDepartment, type ReadMember } from '@orgmirror/planner';
import type { WecomDepartment, WecomMember } from '@orgmirror/wecom';
import { cleanJson, cleanText } from './clean-text.ts';

const textOrNull = (text: string | undefined): string | null => (text === undefined ? null : cleanText(text));

const isInt32 = (value: number | undefined): value is number => value !== undefined && (value | 0) === value;

/** WeCom's department in our words; null = not returned. */
export function mapDepartment(department: WecomDepartment): ReadDepartment {
  return {
    id: department.id,
    name: textOrNull(department.name),
    nameEn: textOrNull(department.name_en),
    parentId: department.parentid ?? null,
    sortOrder: department.order ?? null,
    leaderUserIds: department.department_leader?.map(cleanText) ?? null,
  };
}

/**
 * WeCom's member in our words; null = not returned. `listedIn` is the department whose list named the member.
 */
export function mapMember(member: WecomMember, listedIn: number | null): ReadMember {
  return {
    userId: cleanText(member.userid),
    departments: member.department ?? null,
    listedIn,
    sortOrders: member.order ?? null,
    leaderFlags: member.is_leader_in_dept ?? null,
    mainDepartmentId: member.main_department ?? null,
    fields: createMemberFields({
      name: textOrNull(member.name),
      englishName: textOrNull(member.english_name),
      alias: textOrNull(member.alias),
      position: textOrNull(member.position),
      status: isInt32(member.status) ? member.status : null, // beyond it is no status, and no column holds it
      gender: member.gender === '0' ? null : textOrNull(member.gender), // "0": undefined or not visible
      telephone: textOrNull(member.telephone),
      avatarUrl: textOrNull(member.avatar),
      thumbAvatarUrl: textOrNull(member.thumb_avatar),
      directLeaderUserIds: member.direct_leader?.map(cleanText) ?? null,
      extendedAttributes: member.extattr ? cleanJson(member.extattr.attrs) : null,
      externalPosition: textOrNull(member.external_position),
      externalProfile: member.external_profile ? cleanJson(member.external_profile) : null,
      openUserId: textOrNull(member.open_userid),
      mobile: textOrNull(member.mobile),
      email: textOrNull(member.email),
      bizMail: textOrNull(member.biz_mail),
      address: textOrNull(member.address),
      qrCodeUrl: textOrNull(member.qr_code),
    }),
  };
}

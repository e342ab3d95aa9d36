import type { SimulatorApp } from '../../apps.ts';
import type { Member } from '../../corp/corp.ts';
import { readSensitiveDetails } from '../../corp/member-details.ts';
import type { VisibleView } from '../../corp/visible-scope.ts';

const noAttributes = { attrs: [] };
const noProfile = {};

function presentSensitive(member: Member, app: SimulatorApp): Record<string, unknown> {
  if (app.createdAfter20220620) {
    if (app.unavailableFields === 'absent') return { gender: '0' };
    return { gender: '0', mobile: '', email: '', biz_mail: '', avatar: '', address: '', qr_code: '' };
  }
  const details = readSensitiveDetails(member);
  return { ...details, thumb_avatar: details.avatar.replace(/\/0$/, '/100'), open_userid: '' };
}

/**
 * A member as user/get and user/list show it to an app: only visible departments, `order` and
 * `is_leader_in_dept` aligned with them, main department and direct leaders only when visible, sensitive
 * fields by the app's age.
 */
export function presentMember(member: Member, app: SimulatorApp, view: VisibleView): Record<string, unknown> {
  const memberships = member.memberships.filter(({ departmentId }) => view.sees(departmentId));
  const extras = member.extras ?? {};
  return {
    userid: member.userid,
    name: member.name,
    department: memberships.map(({ departmentId }) => departmentId),
    order: memberships.map(({ order }) => order),
    position: member.position,
    ...presentSensitive(member, app),
    is_leader_in_dept: memberships.map(({ isLeader }) => (isLeader ? 1 : 0)),
    direct_leader: view.keepVisibleUserids(member.directLeaders),
    telephone: extras.telephone ?? '',
    alias: extras.alias ?? '',
    ...(view.sees(member.mainDepartmentId) ? { main_department: member.mainDepartmentId } : {}),
    extattr: extras.extattr ?? noAttributes,
    status: member.status,
    external_profile: extras.external_profile ?? noProfile,
    external_position: extras.external_position ?? '',
    ...extras.wireOverride,
  };
}

/**
 * A member as user/list and export/user show it: english_name and hide_mobile are remnants that only old apps
 * see.
 */
export function presentListedMember(
  member: Member,
  app: SimulatorApp,
  view: VisibleView,
): Record<string, unknown> {
  const presented = presentMember(member, app, view);
  if (app.createdAfter20220620) return presented;
  return { ...presented, english_name: member.extras?.english_name ?? '', hide_mobile: 0 };
}

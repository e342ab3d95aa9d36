import type { Department, DepartmentOutline, MemberSummary } from '../schemas/directory.ts';

/** Example of a department. */
export const department: Department = {
  id: 12,
  parentId: 1,
  name: '研发中心',
  nameEn: 'R&D',
  sortOrder: 100000000,
  path: [
    { id: 1, name: '星河科技' },
    { id: 12, name: '研发中心' },
  ],
  leaderUserIds: ['WangFang'],
  memberCount: 24,
  totalMemberCount: 131,
  hasChildren: false,
};

/** Example of the tree as columns. */
export const departmentOutline: DepartmentOutline = {
  revision: '1:42',
  ids: [1, 12],
  depths: [0, 1],
  names: ['星河科技', department.name],
  namesEn: [null, department.nameEn],
  leaderUserIds: [[], department.leaderUserIds],
  memberCounts: [0, department.memberCount],
  totalMemberCounts: [department.totalMemberCount, department.totalMemberCount],
};

/** Example of a member in a list. */
export const member: MemberSummary = {
  id: '42',
  wecomUserId: 'WangFang',
  name: '王芳',
  alias: 'Fanny',
  position: '前端工程师',
  status: 'activated',
  presence: 'present',
  leftAt: null,
  leftRunId: null,
  mainDepartmentId: 12,
  departments: [
    { id: 12, name: '研发中心', path: department.path, isLeader: true, isMain: true, sortOrder: 10 },
  ],
  directLeaderUserIds: [],
  avatarUrl: null,
  gender: null,
  mobileMasked: '138****8000',
  emailMasked: null,
  role: 'member',
  disabledBy: null,
  updatedAt: '2026-11-20T08:00:07.000Z',
  attributeValues: { cost_center: 'CC-1042' },
};

/** Columns of a file of members. */
export const memberExportColumns = [
  'name',
  'alias',
  'wecomUserId',
  'departments',
  'mainDepartment',
  'leaderOf',
  'directLeaders',
  'position',
  'status',
  'mobile',
  'email',
] as const;
/** Value of {@link memberExportColumns}. */
export type MemberExportColumn = (typeof memberExportColumns)[number];

/** Heads of the columns: in the file, and where the columns are chosen. */
export const memberExportColumnTexts: Record<MemberExportColumn, Record<'zh' | 'en', string>> = {
  name: { zh: '姓名', en: 'Name' },
  alias: { zh: '别名', en: 'Alias' },
  wecomUserId: { zh: '账号', en: 'Userid' },
  departments: { zh: '部门', en: 'Departments' },
  mainDepartment: { zh: '主部门', en: 'Main department' },
  leaderOf: { zh: '负责的部门', en: 'Leader of' },
  directLeaders: { zh: '直属上级账号', en: 'Direct leaders (userids)' },
  position: { zh: '职务', en: 'Position' },
  status: { zh: '状态', en: 'Status' },
  mobile: { zh: '手机', en: 'Mobile' },
  email: { zh: '邮箱', en: 'Email' },
};

/** The status of a member in a file; who left is that first. */
export const memberStatusTexts = {
  activated: { zh: '已激活', en: 'Activated' },
  disabled: { zh: '已禁用', en: 'Disabled' },
  notActivated: { zh: '未激活', en: 'Not activated' },
  left: { zh: '已退出', en: 'Left' },
  unknown: { zh: '未知', en: 'Unknown' },
} as const;

/** Texts of a run's changes in a file, by language; the console has the same. */
export const changeTexts = {
  entity: {
    department: { zh: '部门', en: 'Department' },
    member: { zh: '成员', en: 'Member' },
    membership: { zh: '部门归属', en: 'Membership' },
  },
  kind: {
    create: { zh: '新增', en: 'Added' },
    update: { zh: '更新', en: 'Updated' },
    move: { zh: '移动', en: 'Moved' },
    remove: { zh: '移除', en: 'Removed' },
    restore: { zh: '恢复', en: 'Restored' },
  },
  field: {
    name: { zh: '名称', en: 'Name' },
    nameEn: { zh: '英文名称', en: 'English name' },
    parentId: { zh: '上级部门', en: 'Parent department' },
    sortOrder: { zh: '排序', en: 'Order' },
    leaderUserIds: { zh: '负责人', en: 'Leaders' },
    presence: { zh: '在职情况', en: 'Presence' },
    userId: { zh: '账号', en: 'Userid' },
    englishName: { zh: '英文名', en: 'English name' },
    alias: { zh: '别名', en: 'Alias' },
    position: { zh: '职务', en: 'Position' },
    status: { zh: '状态', en: 'Status' },
    gender: { zh: '性别', en: 'Gender' },
    telephone: { zh: '座机', en: 'Telephone' },
    avatarUrl: { zh: '头像', en: 'Avatar' },
    thumbAvatarUrl: { zh: '头像缩略图', en: 'Avatar thumbnail' },
    directLeaderUserIds: { zh: '直属上级', en: 'Reports to' },
    extendedAttributes: { zh: '扩展属性', en: 'Extended attributes' },
    externalPosition: { zh: '对外职务', en: 'External position' },
    externalProfile: { zh: '对外信息', en: 'External profile' },
    openUserId: { zh: 'open_userid', en: 'open_userid' },
    mobile: { zh: '手机', en: 'Mobile' },
    email: { zh: '邮箱', en: 'E-mail' },
    bizMail: { zh: '企业邮箱', en: 'Company e-mail' },
    address: { zh: '地址', en: 'Address' },
    qrCodeUrl: { zh: '二维码', en: 'QR code' },
    mainDepartmentId: { zh: '主部门', en: 'Main department' },
    disabledBy: { zh: '禁用', en: 'Disabled' },
    departmentId: { zh: '部门', en: 'Department' },
    isLeader: { zh: '负责人', en: 'Leader' },
    isMain: { zh: '主部门', en: 'Main department' },
    role: { zh: '角色', en: 'Role' },
  },
  /** Fields that a department has under another name than a member. */
  departmentField: { presence: { zh: '状态', en: 'Status' } },
  /** Of a department’s `presence`. */
  departmentPresence: {
    present: { zh: '正常', en: 'Present' },
    removed: { zh: '已移除', en: 'Removed' },
  },
  /** Of `disabledBy`, which is “no” when nobody did. */
  disabledBy: {
    sync: { zh: '由企业微信', en: 'By WeCom' },
    admin: { zh: '由管理员', en: 'By an admin' },
  },
  /** Of a member’s `presence` and of `role`. */
  fieldValue: {
    present: { zh: '在职', en: 'Present' },
    left: { zh: '已退出', en: 'Left' },
    admin: { zh: '管理员', en: 'Admin' },
    auditor: { zh: '审计员', en: 'Auditor' },
    member: { zh: '成员', en: 'Member' },
  },
  /** Of `gender`, as WeCom numbers it. */
  gender: { '1': { zh: '男', en: 'Male' }, '2': { zh: '女', en: 'Female' } },
  value: {
    none: { zh: '—', en: '—' },
    yes: { zh: '是', en: 'Yes' },
    no: { zh: '否', en: 'No' },
    empty: { zh: '（空）', en: '(empty)' },
    notVisible: { zh: '（不可见）', en: '(not visible)' },
  },
  separator: { zh: '、', en: ', ' },
} as const;

/** Heads of a file of changes, in their order. */
export const changeColumnTexts = {
  entity: { zh: '对象', en: 'Object' },
  kind: { zh: '类型', en: 'Kind' },
  name: { zh: '名称', en: 'Name' },
  key: { zh: '编号', en: 'Id' },
  field: { zh: '字段', en: 'Field' },
  before: { zh: '原值', en: 'Before' },
  after: { zh: '新值', en: 'After' },
  held: { zh: '待批准', en: 'Held' },
} as const;

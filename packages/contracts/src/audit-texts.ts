/** Texts of the actions of the audit log in a file, by language; the console has the same. */
export const auditActionTexts = {
  'access.refuse': { zh: '越权访问被拒', en: 'Asked for what the role does not allow' },
  'setup.complete': { zh: '创建首个管理员', en: 'Created the first admin' },
  'session.sign_in': { zh: '登录', en: 'Signed in' },
  'session.sign_out': { zh: '退出登录', en: 'Signed out' },
  'session.end': { zh: '结束一个登录', en: 'Revoked a session' },
  'session.end_all': { zh: '退出所有登录', en: 'Revoked all sessions' },
  'password.change': { zh: '修改密码', en: 'Changed the password' },
  'password.reset': { zh: '在服务器上重置密码', en: 'Reset the password on the server' },
  'password.set': { zh: '用链接设置密码', en: 'Set a password with a link' },
  'account.create': { zh: '添加本地账号', en: 'Add a local account' },
  'account.role': { zh: '修改本地账号的角色', en: 'Changed the role of a local account' },
  'account.disable': { zh: '停用本地账号', en: 'Disable a local account' },
  'account.enable': { zh: '启用本地账号', en: 'Enable a local account' },
  'account.reset_link': { zh: '生成设置密码的链接', en: 'Make a link to set a password' },
  'secret.rotate': { zh: '更换 APP_SECRET', en: 'Changed APP_SECRET' },
  'auth_provider.create': { zh: '添加认证', en: 'Added an authentication provider' },
  'auth_provider.update': { zh: '修改认证', en: 'Changed an authentication provider' },
  'auth_provider.delete': { zh: '删除认证', en: 'Deleted an authentication provider' },
  'auth_provider.check': { zh: '检查认证', en: 'Checked an authentication provider' },
  'authorisation.agree': { zh: '授权敏感信息', en: 'Agreed to give sensitive fields' },
  'authorisation.decline': { zh: '拒绝授权敏感信息', en: 'Declined to give sensitive fields' },
  'authorisation.withdraw': { zh: '撤回授权并清除', en: 'Withdrew the consent' },
  'settings.save': { zh: '保存企业微信配置', en: 'Saved WeCom settings' },
  'settings.test': { zh: '测试连接', en: 'Tested the connection' },
  'settings.sync': { zh: '修改同步设置', en: 'Changed sync settings' },
  'notices.save': { zh: '保存通知设置', en: 'Save notification settings' },
  'notices.test': { zh: '发送测试通知', en: 'Send a test notification' },
  'sync.start': { zh: '发起同步', en: 'Started a sync' },
  'sync.approve': { zh: '批准移除', en: 'Approved removals' },
  'sync.reject': { zh: '拒绝移除', en: 'Rejected removals' },
  'sync.cancel': { zh: '取消同步', en: 'Cancelled a sync' },
  'sync.undo': { zh: '撤销同步', en: 'Undid a sync' },
  'member.check': { zh: '检查成员', en: 'Checked a member' },
  'member.sync': { zh: '检查并更新成员', en: 'Checked and updated a member' },
  'member.export': { zh: '导出成员', en: 'Exported members' },
  'attribute.create': { zh: '添加扩展属性', en: 'Added an attribute' },
  'attribute.update': { zh: '修改扩展属性', en: 'Changed an attribute' },
  'attribute.delete': { zh: '删除扩展属性', en: 'Deleted an attribute' },
  'attribute.template': { zh: '下载扩展属性模板', en: 'Downloaded the template of attributes' },
  'attribute.upload': { zh: '试运行扩展属性文件', en: 'Tried an attribute file' },
  'attribute.apply': { zh: '应用扩展属性文件', en: 'Applied an attribute file' },
  'export.download': { zh: '下载导出文件', en: 'Downloaded an export' },
  'export.delete': { zh: '取消或删除导出文件', en: 'Cancelled or deleted an export' },
  'audit.export': { zh: '导出操作日志', en: 'Exported the audit log' },
  'sync.export': { zh: '导出变更', en: 'Exported changes' },
  'member.access': { zh: '修改成员的控制台访问', en: "Changed a member's access" },
  'member.access_end': { zh: '控制台访问随成员退出而终止', en: 'Access ended with the membership' },
  'member.reveal': { zh: '查看成员的敏感信息', en: 'Revealed a sensitive field' },
  'retention.erase': { zh: '清除离职成员资料', en: 'Deleted data of members who left' },
  'callback.save': { zh: '保存接收事件密钥', en: 'Saved callback keys' },
  'callback.delete': { zh: '停止接收事件', en: 'Deleted callback keys' },
  'callback.reconcile': { zh: '开启每日核对', en: 'Turned on the daily full sync' },
  'event.replay': { zh: '重放事件', en: 'Replayed an event' },
} as const;

/** What the server records in the audit log. Later releases add some, so that an entry's `action` may be any text. */
export type AuditAction = keyof typeof auditActionTexts;

/** Texts of the results. */
export const auditResultTexts = {
  succeeded: { zh: '成功', en: 'Succeeded' },
  failed: { zh: '失败', en: 'Failed' },
} as const;

/** Who did what nobody was signed in for. */
export const auditSystemText = { zh: '系统', en: 'System' } as const;

/** Heads of a file of the audit log, in their order. */
export const auditColumnTexts = {
  at: { zh: '时间', en: 'Time' },
  actor: { zh: '操作人', en: 'Who' },
  action: { zh: '操作', en: 'Action' },
  target: { zh: '对象', en: 'Target' },
  targetName: { zh: '姓名', en: 'Name' },
  result: { zh: '结果', en: 'Result' },
  before: { zh: '原值', en: 'Before' },
  after: { zh: '新值', en: 'After' },
  ip: { zh: 'IP', en: 'IP' },
  requestId: { zh: '请求编号', en: 'Request' },
  seq: { zh: '序号', en: 'Number' },
  hash: { zh: '校验值', en: 'Hash' },
} as const;

export const audit = {
  title: '操作日志',
  column: { at: '时间', actor: '操作人', action: '操作', target: '对象', result: '结果', change: '变更', ip: 'IP' },
  result: { succeeded: '成功', failed: '失败' },
  system: '系统',
  action: {
    'setup.complete': '创建首个管理员',
    'session.sign_in': '登录',
    'session.sign_out': '退出登录',
    'settings.save': '保存企业微信配置',
    'settings.test': '测试连接',
    'settings.sync': '修改同步设置',
    'sync.start': '发起同步',
    'sync.approve': '批准移除',
    'sync.reject': '拒绝移除',
    'sync.cancel': '取消同步',
  },
  empty: { title: '还没有操作记录', detail: '登录、设置和同步等操作会记录在这里。' },
} as const;

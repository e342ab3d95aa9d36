export const shell = {
  nav: {
    label: '主导航',
    system: '系统',
    org: '组织架构',
    syncRuns: '同步记录',
    enterprise: '企业设置',
    audit: '操作日志',
    open: '打开导航',
    collapse: '收起侧栏',
    expand: '展开侧栏',
  },
  breadcrumb: '当前位置',
  skipToContent: '跳到正文',
  language: { label: '切换语言', zh: '简体中文', en: 'English' },
  theme: { label: '切换主题', light: '浅色', dark: '深色', system: '跟随系统' },
  account: { label: '账号', signOut: '退出登录', signOutFailed: '退出失败' },
  run: { active: '同步中', progress: '同步中 {{read, number}}/{{total, number}}', held: '有变更待批准' },
} as const;

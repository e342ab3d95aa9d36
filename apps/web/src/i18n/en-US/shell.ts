import type { Messages } from '../zh-CN/messages.ts';

export const shell: Messages['shell'] = {
  nav: {
    label: 'Main navigation',
    overview: 'Overview',
    me: 'My profile',
    system: 'System',
    org: 'Org Structure',
    syncRuns: 'Sync history',
    syncRun: 'Sync run',
    events: 'Events',
    enterprise: 'Enterprise Settings',
    administrators: 'Administrators',
    audit: 'Audit log',
    open: 'Open navigation',
    collapse: 'Collapse sidebar',
    expand: 'Expand sidebar',
  },
  breadcrumb: 'You are here',
  skipToContent: 'Skip to content',
  offline: 'The server cannot be reached. The page keeps what it shows and refreshes itself.',
  help: {
    label: 'Help',
    guide: 'Set-up guide',
    errors: 'Errors',
    api: 'API documentation',
    shortcuts: 'Keyboard shortcuts',
  },
  palette: 'Search pages, members and commands',
  notices: {
    title: 'Notifications',
    unread_one: 'Notifications, {{count, number}} unread',
    unread_other: 'Notifications, {{count, number}} unread',
  },
  language: { label: 'Change language', zh: '简体中文', en: 'English' },
  theme: { label: 'Change theme', light: 'Light', dark: 'Dark', system: 'System' },
  account: { label: 'Account', signOut: 'Sign out', signOutFailed: 'Sign-out failed' },
  run: {
    active: 'Syncing',
    progress: 'Syncing {{read, number}}/{{total, number}}',
    held: 'Changes await approval',
  },
};

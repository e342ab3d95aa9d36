import type { Messages } from '../messages.ts';

export const audit: Messages['audit'] = {
  title: 'Audit log',
  column: {
    at: 'Time',
    actor: 'Who',
    action: 'Action',
    target: 'Target',
    result: 'Result',
    change: 'Change',
    ip: 'IP',
  },
  result: { succeeded: 'Succeeded', failed: 'Failed' },
  system: 'System',
  action: {
    'setup.complete': 'Created the first admin',
    'session.sign_in': 'Signed in',
    'session.sign_out': 'Signed out',
    'settings.save': 'Saved WeCom settings',
    'settings.test': 'Tested the connection',
    'settings.sync': 'Changed sync settings',
    'sync.start': 'Started a sync',
    'sync.approve': 'Approved removals',
    'sync.reject': 'Rejected removals',
    'sync.cancel': 'Cancelled a sync',
  },
  empty: { title: 'Nothing recorded yet', detail: 'Sign-ins, settings and syncs are recorded here.' },
};

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
    'setup.completed': 'Created the first admin',
    'session.created': 'Signed in',
    'session.ended': 'Signed out',
    'settings.saved': 'Saved WeCom settings',
    'settings.tested': 'Tested the connection',
    'sync.settings_saved': 'Changed sync settings',
    'sync.started': 'Started a sync',
    'sync.approved': 'Approved removals',
    'sync.rejected': 'Rejected removals',
    'sync.cancelled': 'Cancelled a sync',
  },
  empty: { title: 'Nothing recorded yet', detail: 'Sign-ins, settings and syncs are recorded here.' },
};

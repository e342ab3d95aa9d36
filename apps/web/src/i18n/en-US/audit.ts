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
    'sync.undo': 'Undid a sync',
    'member.check': 'Synced one member',
    'member.access': "Changed a member's access",
    'retention.erase': 'Erased data of leavers',
  },
  empty: { title: 'Nothing recorded yet', detail: 'Sign-ins, settings and syncs are recorded here.' },
};

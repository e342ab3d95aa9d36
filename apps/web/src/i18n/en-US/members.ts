import type { Messages } from '../zh-CN/messages.ts';

export const members: Messages['members'] = {
  view: {
    title: 'Views',
    keep: 'Save current view',
    what: 'Saves the current department, filters, order and columns with your account.',
    name: 'Name of the view',
    replace: 'Replace the view of this name',
    saved: 'Saved the view “{{name}}”',
    delete: 'Delete the view “{{name}}”',
  },
  selection: {
    title: 'Selected members',
    all: 'Select all members on this page',
    one: 'Select {{name}}',
    count_one: '{{count, number}} selected',
    count_other: '{{count, number}} selected',
    role: 'Change role',
    export: 'Export selected',
    clear: 'Clear selection',
    ask: {
      disable_one: 'Disable {{count, number}} member?',
      disable_other: 'Disable {{count, number}} members?',
      enable_one: 'Enable {{count, number}} member?',
      enable_other: 'Enable {{count, number}} members?',
      role_one: 'Change the role of {{count, number}} member to {{role}}?',
      role_other: 'Change the role of {{count, number}} members to {{role}}?',
    },
    effect: {
      disable_one:
        '{{count, number}} member can no longer sign in here, and existing sessions end at once. The account in WeCom is not affected, and later syncs do not enable it again.',
      disable_other:
        '{{count, number}} members can no longer sign in here, and existing sessions end at once. Their accounts in WeCom are not affected, and later syncs do not enable them again.',
      enable_one: '{{count, number}} member can sign in here again, unless the account is disabled in WeCom.',
      enable_other:
        '{{count, number}} members can sign in here again, except those whose accounts are disabled in WeCom.',
    },
    confirm: {
      disable_one: 'Disable {{count, number}}',
      disable_other: 'Disable {{count, number}}',
      enable_one: 'Enable {{count, number}}',
      enable_other: 'Enable {{count, number}}',
      role_one: 'Change {{count, number}}',
      role_other: 'Change {{count, number}}',
    },
    unchanged_one: '{{count, number}} other member is so already and stays unchanged.',
    unchanged_other: '{{count, number}} other members are so already and stay unchanged.',
    left_one: '{{count, number}} other member has left and stays unchanged.',
    left_other: '{{count, number}} other members have left and stay unchanged.',
    nobody: 'No selected member needs a change',
    done_one: 'Changed {{count, number}} member',
    done_other: 'Changed {{count, number}} members',
    someRefused_one: '{{count, number}} member was not changed',
    someRefused_other: '{{count, number}} members were not changed',
    lastAdmin: 'the last admin',
    gone: 'no longer exists',
  },
};

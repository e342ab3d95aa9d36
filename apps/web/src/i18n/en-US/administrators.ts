import type { Messages } from '../zh-CN/messages.ts';

export const administrators: Messages['administrators'] = {
  title: 'Administrators',
  intro:
    'Who may see the console: local accounts of this system, and members of WeCom with the role of admin or auditor.',
  you: 'You',
  column: {
    name: 'Name or username',
    role: 'Role',
    way: 'Signs in with',
    state: 'State',
    lastSeen: 'Last seen',
    actions: 'Actions',
  },
  way: { local: 'Username and password', member: 'WeCom' },
  enabled: 'Can sign in',
  disabled: 'Cannot sign in',
  linkUntil: 'Link to set a password until {{when}}',
  neverSeen: 'Never',
  toMember: 'Manage in Org Structure',
  toOwn: 'Change my password',
  enable: 'Enable',
  enabledDone: '{{name}} can sign in again',
  disable: {
    action: 'Disable',
    title: 'Disable the account {{name}}?',
    effect:
      'It is signed out at once and cannot sign in until it is enabled; an unused link to set its password is void.',
    done: '{{name}} is disabled',
  },
  role: {
    action: 'Change role',
    title: 'Change the role of {{name}} to {{role}}?',
    effect: ' It holds at once, without another sign-in.',
    confirm: 'Change role',
    done: '{{name}} is now {{role}}',
  },
  reset: {
    action: 'Reset password',
    title: 'Reset the password of {{name}}?',
    effect:
      'Makes a link that works once and signs the account out everywhere. The old password holds until another is set.',
    confirm: 'Make the link',
  },
  link: {
    title: 'Link for {{name}} to set a password',
    detail:
      'Hand it to the owner of the account by another way, such as WeCom or the telephone. It works once and is not shown again.',
    copy: 'Copy the link',
    until: 'Works until {{when}}',
    done: 'Handed over',
  },
  add: {
    action: 'Add local account',
    title: 'Add a local account',
    username: 'Username',
    usernameHint: 'Letters, digits and . _ @ -, compared without case',
    required: 'Enter a username',
    confirm: 'Add and make a link',
    may: {
      admin: 'Admins may change everything.',
      auditor: 'Auditors may read everything and change nothing.',
    },
  },
};

import type { Messages } from '../zh-CN/messages.ts';

export const common: Messages['common'] = {
  productName: 'OrgMirror',
  action: {
    retry: 'Retry',
    cancel: 'Cancel',
    confirm: 'Confirm',
    copy: 'Copy',
    copied: 'Copied',
    save: 'Save',
    dismiss: 'Dismiss',
    close: 'Close',
  },
  paging: {
    first: 'First page',
    previous: 'Previous page',
    next: 'Next page',
    page: 'Page {{page, number}}',
    pageSize: '{{count, number}} per page',
    pageSizeLabel: 'Rows per page',
    total_one: '{{count, number}} row',
    total_other: '{{count, number}} rows',
  },
  weekday: { '1': 'Mon', '2': 'Tue', '3': 'Wed', '4': 'Thu', '5': 'Fri', '6': 'Sat', '7': 'Sun' },
  role: { admin: 'Admin', auditor: 'Auditor', member: 'Member' },
  value: { none: '—', yes: 'Yes', no: 'No', empty: '(empty)', notVisible: '(not visible)' },
  loading: 'Loading',
  listSeparator: ', ',
  sentenceEnd: '.',
  checkStatus: {
    passed: 'Passed',
    failed: 'Failed',
    warning: 'Warning',
    skipped: 'Skipped',
    running: 'Checking',
  },
  requestId: 'Request {{requestId}}',
  error: {
    network: {
      title: 'The server cannot be reached',
      detail: 'The network may be down, or the server is restarting. Try again shortly.',
    },
    unexpected: {
      title: 'This page failed',
      detail: 'An unexpected error occurred on this page. Reload it; if the error persists, tell your admin.',
    },
    outdated: {
      title: 'The console was updated',
      detail: 'The server runs a newer version. Reload the page.',
    },
    errcode: 'WeCom errcode {{errcode}}',
    egressIp: 'Egress IP',
    withLead: '{{lead}}: {{title}}',
    reload: 'Reload',
  },
  state: {
    noPermission: {
      title: 'No permission',
      detail: 'Your role does not allow access to this page. Ask an admin if you need it.',
    },
    notFound: { title: 'Page not found', detail: 'The address may be wrong, or the content was removed.' },
    nothingMatches: { title: 'No matches', detail: 'Change or clear the filters.' },
    clearFilters: 'Clear filters',
    toOrg: 'Go to Org Structure',
  },
  firstRun: {
    label: 'Steps of the first run',
    account: 'Create the admin',
    connect: 'Connect WeCom',
    sync: 'First sync',
  },
  unsaved: {
    title: 'Discard unsaved changes?',
    detail: 'Your changes are not saved and will be lost.',
    leave: 'Discard',
    stay: 'Keep editing',
  },
};

import type { Concern } from '@orgmirror/contracts';

const pages: Partial<Record<Concern['code'], string>> = {
  neverSynced: '/system/org',
  eventsFailed: '/system/events?status=failed',
  callsFail: '/system/enterprise/connection', // what WeCom said, with the address to trust
  schedulePaused: '/system/enterprise/sync',
  appSuspended: '/system/enterprise/events',
  callbackUnverified: '/system/enterprise/events',
  noticesFail: '/system/enterprise/notices',
};

/** Where a concern is mended: the page of its run, or the settings. */
export const findRemedyPath = ({ code, runId }: Concern): string =>
  pages[code] ?? (runId === null ? '/system/enterprise' : `/system/sync-runs/${runId}`);

import type { Concern } from '@orgmirror/contracts';

const pages: Partial<Record<Concern['code'], string>> = {
  neverSynced: '/system/org',
  eventsFailed: '/system/events?status=failed',
  callsFail: '/system/enterprise', // what WeCom said, with the address to trust
};

/** Where a concern is mended: the page of its run, or the settings. */
export const findRemedyPath = ({ code, runId }: Concern): string =>
  pages[code] ?? (runId === null ? '/system/enterprise' : `/system/sync-runs/${runId}`);

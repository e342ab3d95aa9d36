import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** What needed a person, newest first. */
export const listNotices = defineCall<typeof endpoints.listNotices>('get', '/notices');

/** How many notices the user has not seen, and how many could not be delivered. */
export const getNoticeState = defineCall<typeof endpoints.getNoticeState>('get', '/notices/state');

/** Marks everything up to an instant as seen by the user. */
export const markNoticesRead = defineCall<typeof endpoints.markNoticesRead>('post', '/notices/read');

/** Who is told, and by which way; without the secrets. */
export const getNoticeSettings = defineCall<typeof endpoints.getNoticeSettings>('get', '/settings/notices');

/** Whom the saved recipients are, and whom else to choose; with a text whom it finds. */
export const listNoticeRecipients = defineCall<typeof endpoints.listNoticeRecipients>(
  'get',
  '/settings/notices/recipients',
);

/** Saves who is told; a secret that is left out is kept. */
export const saveNoticeSettings = defineCall<typeof endpoints.saveNoticeSettings>('put', '/settings/notices');

/** Sends a test by the saved settings. */
export const testNoticeChannel = defineCall<typeof endpoints.testNoticeChannel>(
  'post',
  '/settings/notices/test',
);

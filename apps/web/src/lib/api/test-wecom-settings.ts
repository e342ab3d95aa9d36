import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Tries the connection; what is left out comes from the saved settings. */
export const testWecomSettings = defineCall<typeof endpoints.testWecomSettings>(
  'post',
  '/settings/wecom/test',
);

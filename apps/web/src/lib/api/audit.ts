import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Who did what, newest first. */
export const listAuditEntries = defineCall<typeof endpoints.listAuditEntries>('get', '/audit');

/** Notes that a list is being exported. */
export const recordExport = defineCall<typeof endpoints.recordExport>('post', '/audit/exports');

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Who did what, newest first. */
export const listAuditEntries = defineCall<typeof endpoints.listAuditEntries>('get', '/audit');

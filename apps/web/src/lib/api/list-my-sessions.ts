import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Where I am signed in. */
export const listMySessions = defineCall<typeof endpoints.listMySessions>('get', '/me/sessions');

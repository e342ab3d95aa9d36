import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Signs me out everywhere, here too. */
export const endMySessions = defineCall<typeof endpoints.endMySessions>('delete', '/me/sessions');

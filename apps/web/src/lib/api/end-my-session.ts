import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Signs one of my browsers out. */
export const endMySession = defineCall<typeof endpoints.endMySession>('delete', '/me/sessions/:id');

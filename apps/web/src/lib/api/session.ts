import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Ends the session of this browser. */
export const signOut = defineCall<typeof endpoints.signOut>('delete', '/session');

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Who is signed in, and the version of the server. */
export const getSession = defineCall<typeof endpoints.getSession>('get', '/session');

/** Ends the session of this browser. */
export const signOut = defineCall<typeof endpoints.signOut>('delete', '/session');

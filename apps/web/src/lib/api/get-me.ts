import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Who is signed in, with their profile and what they authorised. */
export const getMe = defineCall<typeof endpoints.getMe>('get', '/me');

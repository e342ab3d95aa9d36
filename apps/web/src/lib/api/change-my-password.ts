import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Changes the password of my local account. */
export const changeMyPassword = defineCall<typeof endpoints.changeMyPassword>('put', '/me/password');

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Saves the connection; a secret that is left out is kept. */
export const saveWecomSettings = defineCall<typeof endpoints.saveWecomSettings>('put', '/settings/wecom');

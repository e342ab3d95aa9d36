import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** The WeCom connection, without its secrets. */
export const getWecomSettings = defineCall<typeof endpoints.getWecomSettings>('get', '/settings/wecom');

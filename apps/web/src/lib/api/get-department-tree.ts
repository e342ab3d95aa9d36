import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** The whole forest of departments. */
export const getDepartmentTree = defineCall<typeof endpoints.getDepartmentTree>('get', '/departments/tree');

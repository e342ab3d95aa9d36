import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** All departments as columns. */
export const getDepartmentOutline = defineCall<typeof endpoints.getDepartmentOutline>(
  'get',
  '/departments/outline',
);

/** Ids of the departments whose names match in pinyin. */
export const searchDepartments = defineCall<typeof endpoints.searchDepartments>('get', '/departments/search');

/** One page of members. */
export const listMembers = defineCall<typeof endpoints.listMembers>('get', '/members');

/** One member with their history. */
export const getMember = defineCall<typeof endpoints.getMember>('get', '/members/:wecomUserId');

/** Compares one member with WeCom, and applies the changes on request. */
export const checkMember = defineCall<typeof endpoints.checkMember>('post', '/members/:wecomUserId/check');

/** Sets the role of a member, or blocks the member. */
export const setMemberAccess = defineCall<typeof endpoints.setMemberAccess>(
  'put',
  '/members/:wecomUserId/access',
);

/** Sets the role of several members, or blocks them; at most 200 at once. */
export const setMembersAccess = defineCall<typeof endpoints.setMembersAccess>('post', '/members/access');

/** One sensitive field in full; audited. */
export const revealMember = defineCall<typeof endpoints.revealMember>('post', '/members/:wecomUserId/reveal');

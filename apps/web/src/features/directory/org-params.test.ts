import { expect, it } from 'vitest';
import { formatOrgParams, type OrgParams, readOrgParams, toMemberFilter } from './org-params.ts';

const everything: OrgParams = {
  departmentId: 7,
  isRecursive: false,
  q: '王 fang',
  status: 'disabled',
  presence: 'left',
  sort: 'updatedAt',
  isDescending: true,
  pageSize: 100,
  cursor: 'abc=',
  page: 3,
  openMember: 'WangFang',
};

it('reads back every filter, the page and the open drawer', () => {
  expect(readOrgParams(formatOrgParams(everything))).toEqual(everything);
});

it('keeps the address of the plain page empty', () => {
  expect(formatOrgParams(readOrgParams(new URLSearchParams())).toString()).toBe('');
});

it('treats unknown values as missing', () => {
  const params = readOrgParams(
    new URLSearchParams('department=-1&status=fired&presence=x&pageSize=9999&page=0'),
  );
  expect(params).toEqual(readOrgParams(new URLSearchParams()));
});

it('asks the server for sub-departments only within a department', () => {
  expect(toMemberFilter(readOrgParams(new URLSearchParams()))).toEqual({ presence: 'present' });
  expect(toMemberFilter(everything)).toEqual({
    departmentId: 7,
    recursive: 'false',
    q: '王 fang',
    status: 'disabled',
    presence: 'left',
  });
});

import { expect, it } from 'vitest';
import { hasAuditFilters, readAuditFilters, toAuditQuery } from './audit-filters.ts';

const read = (address: string) => readAuditFilters(new URLSearchParams(address));

it('asks for whole days where the browser is, the last one included', () => {
  const { since = '', until = '' } = toAuditQuery(read('from=2026-11-20&to=2026-11-21'));
  expect(new Date(since)).toEqual(new Date(2026, 10, 20));
  expect(new Date(until)).toEqual(new Date(2026, 10, 22));
});

it('takes what it does not know as not given', () => {
  expect(toAuditQuery(read('result=perhaps&from=2026-13-45&to=yesterday&actor=%20'))).toEqual({});
  expect(hasAuditFilters(read('result=perhaps'))).toBe(false);
  expect(toAuditQuery(read('action=member.&target=白强&result=failed'))).toEqual({
    action: 'member.',
    target: '白强',
    result: 'failed',
  });
});

import { describe, expect, it } from 'vitest';
import { buildSessionEndedPath, buildSignInPath, readReturnTo } from './return-to.ts';

const origin = 'https://console.example';
const read = (returnTo: string) => readReturnTo(`?returnTo=${encodeURIComponent(returnTo)}`, origin);

describe('readReturnTo', () => {
  it('keeps a path of this console with its query and fragment', () => {
    expect(read('/system/org?department=3#x')).toBe('/system/org?department=3#x');
  });

  it.each([
    'https://evil.example/',
    '//evil.example/x',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/api/v1/sign-in/wecom/start',
    'javascript:alert(1)',
    'system/org',
    '',
  ])('sends %j to the start page', (returnTo) => {
    expect(read(returnTo)).toBe('/');
  });

  it('does not return to the sign-in or set-up page', () => {
    expect(read('/sign-in?returnTo=/x')).toBe('/');
    expect(read('/setup')).toBe('/');
  });

  it('gives the start page when there is none', () => {
    expect(readReturnTo('', origin)).toBe('/');
  });

  it('reads back what buildSignInPath wrote', () => {
    const path = '/system/org?q=a&status=disabled';
    expect(readReturnTo(new URL(buildSignInPath(path), origin).search, origin)).toBe(path);
    expect(buildSignInPath('/')).toBe('/sign-in');
  });

  it('reads back what buildSessionEndedPath wrote', () => {
    const path = '/system/org?q=a&status=disabled';
    expect(readReturnTo(new URL(buildSessionEndedPath(path), origin).search, origin)).toBe(path);
    expect(buildSessionEndedPath('/')).toBe('/sign-in?sessionEnded=1');
  });
});

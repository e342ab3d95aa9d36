import { errorTable } from '@orgmirror/contracts';
import { expect, it } from 'vitest';
import { getSignInErrorText } from './error-texts.ts';

const signInCodes = Object.entries(errorTable).filter(
  ([code]) => code.startsWith('sign_in.') && code !== 'sign_in.invalid_credentials',
);

it.each(signInCodes)('has the titles of the table of errors for %s', (code, { zh, en }) => {
  expect(getSignInErrorText(code, 'zh-CN').title).toBe(zh.title);
  expect(getSignInErrorText(code, 'en-US').title).toBe(en.title);
});

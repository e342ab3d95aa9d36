import { expect, it } from 'vitest';
import { isGuessable } from './guessable-password.ts';

it.each([
  ' '.repeat(12),
  'aaaaaaaaaaaa',
  'passwordpassword',
  'Password1234',
  'password12345',
  '123456789012',
  'qwertyuiop12',
  'abcabcabcabc',
  'administrator',
  'zhangsan.admin1',
])('refuses %j', async (password) => {
  expect(await isGuessable(password, 'zhangsan.admin')).toBe(true);
});

it.each([
  'a long enough password',
  'twelve chars',
  'correct horse battery',
  '4nB!x0_pQ7vL',
  '组织镜像的管理员密码甲乙',
])('takes %j', async (password) => {
  expect(await isGuessable(password, 'admin')).toBe(false);
});

it('judges the longest one at once', async () => {
  const before = process.threadCpuUsage();
  for (const password of ['a'.repeat(200), '1a'.repeat(100), 'password'.repeat(25)])
    await isGuessable(password, 'x');
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(2_000);
});

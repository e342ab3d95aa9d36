import { expect, it } from 'vitest';
import { getInitials } from './person-avatar.tsx';

it.each([
  ['王小明', '小明'],
  ['单', '单'],
  ['欧阳 修', '阳修'],
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['', '?'],
])('shortens %j to %j', (name, initials) => {
  expect(getInitials(name)).toBe(initials);
});

import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { getInitials, MemberAvatar } from './member-avatar.tsx';

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

it('shows initials where the picture cannot be fetched', () => {
  const { container } = render(<MemberAvatar id="wf" name="王芳" url="https://wx.qlogo.cn/gone" />);
  const picture = container.querySelector('img');
  if (picture === null) throw new Error('no picture');
  fireEvent.error(picture);
  expect(container.querySelector('img')).toBeNull();
  expect(screen.getByText('王芳')).toBeVisible();
});

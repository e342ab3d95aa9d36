import { screen, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { runFixture } from '../../test/fixtures.ts';
import { renderConsole } from '../../test/render-console.tsx';
import { answerWith } from '../../test/server.ts';

it('switches the language without a reload and asks the server again in it', async () => {
  const languages: (string | null)[] = [];
  answerWith('get', '/sync-runs', ({ request }) => {
    languages.push(request.headers.get('Accept-Language'));
    return HttpResponse.json({ items: [runFixture()], nextCursor: null });
  });
  const user = await renderConsole('/system/sync-runs');
  expect(await screen.findByRole('heading', { name: '同步记录' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: '切换语言' }));
  await user.click(await screen.findByRole('menuitem', { name: 'English' }));
  expect(await screen.findByRole('heading', { name: 'Sync history' })).toBeVisible();
  expect(document.documentElement.lang).toBe('en-US');
  await waitFor(() => expect(languages.at(-1)).toBe('en-US'));
});

it('remembers a collapsed sidebar and keeps the names of its pages for screen readers', async () => {
  const user = await renderConsole('/nowhere');
  await user.click(await screen.findByRole('button', { name: '收起侧栏' }));
  expect(localStorage.getItem('orgmirror.sider')).toBe('collapsed');
  expect(screen.getByRole('link', { name: '组织架构' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: '展开侧栏' }));
});

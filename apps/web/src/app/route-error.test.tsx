import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { expect, it } from 'vitest';
import { adminUser } from '../../test/fixtures.ts';
import { server } from '../../test/server.ts';
import { switchLanguage } from '../i18n/language.ts';
import { Providers } from './providers.tsx';
import { RouteError } from './route-error.tsx';

const Nothing = () => null;

async function openFailing(error: Error) {
  await switchLanguage('zh-CN');
  const loader = () => {
    throw error;
  };
  const router = createMemoryRouter([
    { path: '/', loader, element: null, errorElement: <RouteError />, HydrateFallback: Nothing },
  ]);
  render(
    <Providers user={adminUser}>
      <RouterProvider router={router} />
    </Providers>,
  );
}

const notLoaded = new TypeError('Failed to fetch dynamically imported module: /assets/run-page.js');

it('says that the server cannot be reached when code does not load and nothing answers', async () => {
  let asked = 0;
  server.use(
    http.get('*/healthz', () => {
      asked += 1;
      return HttpResponse.error();
    }),
  );
  await openFailing(notLoaded);
  expect(await screen.findByText('无法连接服务器')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '重试' }));
  await expect.poll(() => asked).toBe(2);
  expect(await screen.findByText('无法连接服务器')).toBeVisible(); // not while it asks
});

it('says that the console was updated when code does not load although the server answers', async () => {
  server.use(http.get('*/healthz', () => HttpResponse.json({ status: 'ok' })));
  await openFailing(notLoaded);
  expect(await screen.findByText('控制台已更新')).toBeVisible();
  expect(screen.getByRole('button', { name: '重新加载' })).toBeVisible();
});

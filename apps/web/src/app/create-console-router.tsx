import { createBrowserRouter, type RouteObject } from 'react-router-dom';
import { loadPageTexts } from '../i18n/language.ts';
import type { Crumb } from './navigation/page-crumbs.tsx';
import { NotFound } from './not-found.tsx';
import { RouteError } from './route-error.tsx';
import { Shell } from './shell.tsx';
import { ConsoleOnly, StartPage } from './start-page.tsx';

const crumbs = (...names: Crumb[]) => ({ crumbs: names });

// Before the first page's code is there; the loading bar shows in the shell from the second on.
const Nothing = () => null;

/** What only admins and auditors may see. */
const consolePages: RouteObject[] = [
  {
    path: 'system/enterprise/:part?',
    handle: crumbs('system', 'enterprise'),
    lazy: async () => {
      const [page] = await Promise.all([
        import('../features/settings/enterprise-page.tsx'),
        loadPageTexts('settings', 'events'),
      ]);
      return { Component: page.EnterprisePage };
    },
  },
  {
    path: 'system/attributes',
    handle: crumbs('system', 'attributes'),
    lazy: async () => {
      const [page] = await Promise.all([
        import('../features/attributes/attributes-page.tsx'),
        loadPageTexts('attributes'),
      ]);
      return { Component: page.AttributesPage };
    },
  },
  {
    path: 'system/administrators',
    handle: crumbs('system', 'administrators'),
    lazy: async () => {
      const [page] = await Promise.all([
        import('../features/administrators/administrators-page.tsx'),
        loadPageTexts('administrators'),
      ]);
      return { Component: page.AdministratorsPage };
    },
  },
  {
    path: 'system/sync-runs',
    handle: crumbs('system', 'syncRuns'),
    lazy: async () => {
      const [page] = await Promise.all([
        import('../features/history/run-list-page.tsx'),
        loadPageTexts('history', 'exports'),
      ]);
      return { Component: page.RunListPage };
    },
  },
  {
    path: 'system/sync-runs/:id',
    handle: crumbs('system', 'syncRuns', 'syncRun'),
    lazy: async () => {
      const [page] = await Promise.all([
        import('../features/history/run-page.tsx'),
        loadPageTexts('history', 'exports'),
      ]);
      return { Component: page.RunPage };
    },
  },
  {
    path: 'system/events',
    handle: crumbs('system', 'events'),
    lazy: async () => {
      const [page] = await Promise.all([
        import('../features/events/event-list-page.tsx'),
        loadPageTexts('events'),
      ]);
      return { Component: page.EventListPage };
    },
  },
  {
    path: 'system/audit',
    handle: crumbs('system', 'audit'),
    lazy: async () => {
      const [page] = await Promise.all([
        import('../features/audit/audit-page.tsx'),
        loadPageTexts('audit', 'exports'),
      ]);
      return { Component: page.AuditPage };
    },
  },
];

/** The console's pages, each fetched when first opened. */
export const createConsoleRouter = () =>
  createBrowserRouter([
    {
      path: '/',
      element: <Shell />,
      errorElement: <RouteError isPage />,
      HydrateFallback: Nothing,
      children: [
        {
          errorElement: <RouteError />,
          children: [
            { index: true, handle: crumbs('overview'), element: <StartPage /> },
            {
              path: 'me',
              handle: crumbs('me'),
              lazy: async () => {
                const [page] = await Promise.all([import('../features/me/me-page.tsx'), loadPageTexts('me')]);
                return { Component: page.MePage };
              },
            },
            {
              path: 'system/org',
              handle: crumbs('system', 'org'),
              lazy: async () => {
                const [page] = await Promise.all([
                  import('./routes/org-route.tsx'),
                  loadPageTexts('members'),
                ]);
                return { Component: page.OrgRoute };
              },
            },
            {
              path: 'system/org/chart',
              handle: crumbs('system', 'org', 'chart'),
              lazy: async () => ({
                Component: (await import('../features/directory/chart/org-chart-page.tsx')).OrgChartPage,
              }),
            },
            { element: <ConsoleOnly />, children: consolePages },
            { path: '*', element: <NotFound /> },
          ],
        },
      ],
    },
  ]);

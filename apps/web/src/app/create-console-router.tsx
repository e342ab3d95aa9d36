import { createBrowserRouter, Navigate } from 'react-router-dom';
import { NotFound } from './not-found.tsx';
import type { Crumb } from './page-crumbs.tsx';
import { RouteError } from './route-error.tsx';
import { Shell } from './shell.tsx';

const crumbs = (...names: Crumb[]) => ({ crumbs: names });

// Before the first page's code is there; the loading bar shows in the shell from the second on.
const Nothing = () => null;

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
            { index: true, element: <Navigate to="/system/org" replace /> },
            {
              path: 'system/org',
              handle: crumbs('system', 'org'),
              lazy: async () => ({ Component: (await import('./routes/org-route.tsx')).OrgRoute }),
            },
            {
              path: 'system/enterprise',
              handle: crumbs('system', 'enterprise'),
              lazy: async () => ({
                Component: (await import('../features/settings/enterprise-page.tsx')).EnterprisePage,
              }),
            },
            {
              path: 'system/sync-runs',
              handle: crumbs('system', 'syncRuns'),
              lazy: async () => ({
                Component: (await import('../features/history/run-list-page.tsx')).RunListPage,
              }),
            },
            {
              path: 'system/sync-runs/:id',
              handle: crumbs('system', 'syncRuns', 'syncRun'),
              lazy: async () => ({
                Component: (await import('../features/history/run-page.tsx')).RunPage,
              }),
            },
            {
              path: 'system/audit',
              handle: crumbs('system', 'audit'),
              lazy: async () => ({
                Component: (await import('../features/audit/audit-page.tsx')).AuditPage,
              }),
            },
            { path: '*', element: <NotFound /> },
          ],
        },
      ],
    },
  ]);

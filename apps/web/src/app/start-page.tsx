import { lazy, Suspense } from 'react';
import { Navigate, Outlet } from 'react-router-dom';
import { NoPermission } from '../components/no-permission.tsx';
import { SkeletonRows } from '../components/skeleton-rows.tsx';
import { useSeesConsole } from '../entities/session/session.ts';
import { loadPageTexts } from '../i18n/language.ts';

const OverviewPage = lazy(async () => {
  const [page] = await Promise.all([
    import('../features/overview/overview-page.tsx'),
    loadPageTexts('overview'),
  ]);
  return { default: page.OverviewPage };
});

/** The home at '/': the overview of admins and auditors; members go to their profile. */
export function StartPage() {
  if (!useSeesConsole()) return <Navigate to="/me" replace />;
  return (
    <Suspense fallback={<SkeletonRows />}>
      <OverviewPage />
    </Suspense>
  );
}

/** Guards the pages that members may not see. */
export function ConsoleOnly() {
  return useSeesConsole() ? <Outlet /> : <NoPermission />;
}

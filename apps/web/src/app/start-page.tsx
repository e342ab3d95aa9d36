import { Navigate, Outlet } from 'react-router-dom';
import { NoPermission } from '../components/no-permission.tsx';
import { useSeesConsole } from '../entities/session/session.ts';

/** Redirects from '/': admins and auditors to the directory, members to their profile. */
export function StartPage() {
  return <Navigate to={useSeesConsole() ? '/system/org' : '/me'} replace />;
}

/** Guards the pages that members may not see. */
export function ConsoleOnly() {
  return useSeesConsole() ? <Outlet /> : <NoPermission />;
}

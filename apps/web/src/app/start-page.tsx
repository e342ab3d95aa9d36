import { Navigate, Outlet } from 'react-router-dom';
import { NoPermission } from '../components/no-permission.tsx';
import { useSeesConsole } from '../entities/session/session.ts';

/** Where '/' leads: people of the console to the directory, members to themselves. */
export function StartPage() {
  return <Navigate to={useSeesConsole() ? '/system/org' : '/me'} replace />;
}

/** Around the pages that members may not see. */
export function ConsoleOnly() {
  return useSeesConsole() ? <Outlet /> : <NoPermission />;
}

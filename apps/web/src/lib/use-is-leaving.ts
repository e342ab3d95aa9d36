import { useLocation, useNavigation } from 'react-router-dom';

/** Whether a link to another page was followed that has yet to load: a change of the address would call it off. */
export function useIsLeaving(): boolean {
  const { pathname } = useLocation();
  const { location } = useNavigation();
  return location !== undefined && location.pathname !== pathname;
}

import { useQuery } from '@tanstack/react-query';
import { wecomSettingsQuery } from './wecom-settings-query.ts';

const staleAfterMs = 60_000;

/** Whether WeCom sends events here, so that the directory may change at any moment. */
export function useExpectsEvents(): boolean {
  const { data } = useQuery({ ...wecomSettingsQuery, staleTime: staleAfterMs });
  return data !== undefined && (data.callback.app.configured || data.callback.contacts.configured);
}

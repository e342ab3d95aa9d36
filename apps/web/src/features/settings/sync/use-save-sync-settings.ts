import type { BodyOf, endpoints } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { wecomSettingsQuery } from '../../../entities/settings/wecom-settings-query.ts';
import { saveSyncSettings } from '../../../lib/api/wecom-settings.ts';

/** Saves some of the sync settings. */
export function useSaveSyncSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.saveSyncSettings>) => saveSyncSettings({ body }),
    onSuccess: (settings) => client.setQueryData(wecomSettingsQuery.queryKey, settings),
  });
}

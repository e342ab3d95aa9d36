import type { BodyOf, endpoints } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { wecomSettingsQuery } from '../../entities/settings/wecom-settings-query.ts';
import { saveWecomSettings } from '../../lib/api/wecom-settings.ts';

/** Saves the three values of the connection. */
export function useSaveWecomSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.saveWecomSettings>) => saveWecomSettings({ body }),
    onSuccess: (settings) => client.setQueryData(wecomSettingsQuery.queryKey, settings),
  });
}

import type { BodyOf, endpoints } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { wecomSettingsQuery } from '../../../entities/settings/wecom-settings-query.ts';
import { testWecomSettings } from '../../../lib/api/wecom-settings.ts';

/**
 * Tries the connection; afterwards the settings are read again, because the server may have noted the
 * outcome.
 */
export function useTestConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.testWecomSettings>) => testWecomSettings({ body }),
    onSettled: () => client.invalidateQueries({ queryKey: wecomSettingsQuery.queryKey }),
  });
}

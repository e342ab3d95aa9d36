import { queryOptions } from '@tanstack/react-query';
import { getWecomSettings } from '../../lib/api/wecom-settings.ts';

/** The WeCom connection as saved. */
export const wecomSettingsQuery = queryOptions({
  queryKey: ['settings', 'wecom'],
  queryFn: ({ signal }) => getWecomSettings({}, signal),
});

import type { Preferences } from '@orgmirror/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { getPreferences, savePreferences } from '../../lib/api/me.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';

const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: ({ signal }) => getPreferences({}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

const nothingSet: Preferences = { memberList: null, memberViews: null, recentTargets: null };

/** Whether the user wants the rows of long lists as low as they can be. */
export const useIsCompact = (): boolean => useQuery(preferencesQuery).data?.memberList?.density === 'compact';

/** What the user has set for the console, and a function that keeps parts of it; shown before it is stored. */
export function usePreferences(): {
  preferences: Preferences;
  save: (changed: Partial<Preferences>) => void;
} {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { queryKey } = preferencesQuery;
  const { data: preferences = nothingSet } = useQuery(preferencesQuery);
  const { mutate } = useMutation({
    mutationFn: (body: Partial<Preferences>) => savePreferences({ body }),
    // One after the other: the last one that was asked for is the one that stays.
    scope: { id: 'preferences' },
    onMutate: async (changed) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (known = nothingSet) => ({ ...known, ...changed }));
    },
    onError: (error) => {
      message.error(getProblemTitle(error) ?? t('common.error.network.title'));
      return client.invalidateQueries({ queryKey });
    },
  });
  return { preferences, save: mutate };
}

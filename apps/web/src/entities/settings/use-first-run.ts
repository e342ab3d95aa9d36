import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { wecomSettingsQuery } from './wecom-settings-query.ts';

/** The steps of the first run as an admin sees them who has an account: connect, then sync. */
export function useFirstRun(): { label: string; steps: string[]; current: number } {
  const { t } = useTranslation();
  const { data } = useQuery(wecomSettingsQuery);
  const isConnected = data !== undefined && data.corpId !== null && data.secretSet && data.syncEnabled;
  return {
    label: t('common.firstRun.label'),
    steps: [t('common.firstRun.account'), t('common.firstRun.connect'), t('common.firstRun.sync')],
    current: isConnected ? 2 : 1,
  };
}

import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../config/preferences.ts';
import { switchLanguage } from '../../i18n/language.ts';

/** Shows the console in another language; says so when its texts cannot be fetched. */
export function useSwitchLanguage(): (language: Language) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (language) =>
    void switchLanguage(language).catch(() => message.error(t('common.error.network.title')));
}

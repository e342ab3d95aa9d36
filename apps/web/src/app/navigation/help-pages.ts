import { useLoadedLanguage } from '../../i18n/language.ts';

/** Where to read on: the set-up guide, the errors, the API. Each opens in a tab of its own. */
export function useHelpPages() {
  const lang = useLoadedLanguage().code === 'zh-CN' ? 'zh' : 'en';
  return [
    { key: 'guide', path: `/guide/setup?lang=${lang}` },
    { key: 'errors', path: `/guide/errors?lang=${lang}` },
    { key: 'api', path: '/api/v1/docs' },
  ] as const;
}

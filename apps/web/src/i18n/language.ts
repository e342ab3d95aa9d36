import type { ConfigProviderProps } from 'antd';
import dayjs from 'dayjs';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';
import { type Language, languagePreference } from '../config/preferences.ts';

/** One language, ready to be shown: its texts and dates are installed, antd's texts are here. */
export interface LoadedLanguage {
  readonly code: Language;
  readonly antdLocale: NonNullable<ConfigProviderProps['locale']>;
}

const loaders = {
  'zh-CN': async () => {
    const [texts, antd] = await Promise.all([
      import('./zh-CN/index.ts'),
      import('antd/locale/zh_CN'),
      import('dayjs/locale/zh-cn'),
    ]);
    return { messages: texts.messages, antdLocale: antd.default, dayjsLocale: 'zh-cn' };
  },
  'en-US': async () => {
    const [texts, antd] = await Promise.all([import('./en-US/index.ts'), import('antd/locale/en_US')]);
    return { messages: texts.messages, antdLocale: antd.default, dayjsLocale: 'en' };
  },
} as const;

let current: LoadedLanguage | undefined;
const listeners = new Set<() => void>();

/** Loads a language and shows it everywhere without a reload; rejects when its files cannot be fetched. */
export async function switchLanguage(code: Language): Promise<void> {
  const { messages, antdLocale, dayjsLocale } = await loaders[code]();
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: code,
      fallbackLng: false,
      interpolation: { escapeValue: false }, // React escapes
      resources: {},
    });
  }
  i18next.addResourceBundle(code, 'translation', messages, true, true);
  await i18next.changeLanguage(code);
  dayjs.locale(dayjsLocale);
  document.documentElement.lang = code;
  languagePreference.set(code);
  current = { code, antdLocale };
  for (const listener of listeners) listener();
}

/** The language that is shown now; only below a component that waited for {@link switchLanguage}. */
export function useLoadedLanguage(): LoadedLanguage {
  const loaded = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  if (loaded === undefined) throw new Error('no language has been loaded');
  return loaded;
}

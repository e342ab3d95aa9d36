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

/** Texts that only some pages need; those pages ask for them by {@link loadPageTexts}. */
const pageLoaders = {
  'zh-CN': {
    administrators: () => import('./zh-CN/administrators.ts'),
    attributes: () => import('./zh-CN/attributes.ts'),
    audit: () => import('./zh-CN/audit.ts'),
    history: () => import('./zh-CN/history.ts'),
    me: () => import('./zh-CN/me.ts'),
    settings: () => import('./zh-CN/settings.ts'),
    members: () => import('./zh-CN/members.ts'),
    overview: () => import('./zh-CN/overview.ts'),
    authentication: () => import('./zh-CN/authentication.ts'),
    events: () => import('./zh-CN/events.ts'),
    exports: () => import('./zh-CN/exports.ts'),
    notices: () => import('./zh-CN/notices.ts'),
    palette: () => import('./zh-CN/palette.ts'),
  },
  'en-US': {
    administrators: () => import('./en-US/administrators.ts'),
    attributes: () => import('./en-US/attributes.ts'),
    audit: () => import('./en-US/audit.ts'),
    history: () => import('./en-US/history.ts'),
    me: () => import('./en-US/me.ts'),
    settings: () => import('./en-US/settings.ts'),
    members: () => import('./en-US/members.ts'),
    overview: () => import('./en-US/overview.ts'),
    authentication: () => import('./en-US/authentication.ts'),
    events: () => import('./en-US/events.ts'),
    exports: () => import('./en-US/exports.ts'),
    notices: () => import('./en-US/notices.ts'),
    palette: () => import('./en-US/palette.ts'),
  },
} as const;
type PageTexts = keyof (typeof pageLoaders)['zh-CN'];

let current: LoadedLanguage | undefined;
const listeners = new Set<() => void>();
const askedFor = new Set<PageTexts>();

const loadTexts = (code: Language, pages: Iterable<PageTexts>): Promise<object[]> =>
  Promise.all(Array.from(pages, (page) => pageLoaders[code][page]()));

const addTexts = (code: Language, texts: object) =>
  i18next.addResourceBundle(code, 'translation', texts, true, true);

/**
 * Fetches a page's own texts in the current language, and from then on in every language that is switched to.
 */
export async function loadPageTexts(...pages: PageTexts[]): Promise<void> {
  for (const page of pages) askedFor.add(page);
  const code = languagePreference.get();
  for (const texts of await loadTexts(code, pages)) addTexts(code, texts);
}

/** Loads a language and shows it everywhere without a reload; rejects when its files cannot be fetched. */
export async function switchLanguage(code: Language): Promise<void> {
  const [{ messages, antdLocale, dayjsLocale }, pageTexts] = await Promise.all([
    loaders[code](),
    loadTexts(code, askedFor),
  ]);
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: code,
      fallbackLng: false,
      interpolation: { escapeValue: false }, // React escapes
      resources: {},
    });
  }
  for (const texts of [messages, ...pageTexts]) addTexts(code, texts);
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

import { createPreference } from './preference.ts';

export const languages = ['zh-CN', 'en-US'] as const;
export type Language = (typeof languages)[number];

export const themeChoices = ['light', 'dark', 'system'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const detectLanguage = (): Language =>
  navigator.language.toLowerCase().startsWith('en') ? 'en-US' : 'zh-CN';

/** Chinese unless chosen otherwise or the browser speaks English. */
export const languagePreference = createPreference<Language>(
  'orgmirror.language',
  (text) => languages.find((language) => language === text) ?? detectLanguage(),
  String,
);

export const themePreference = createPreference<ThemeChoice>(
  'orgmirror.theme',
  (text) => themeChoices.find((choice) => choice === text) ?? 'system',
  String,
);

export const siderPreference = createPreference<'open' | 'collapsed'>(
  'orgmirror.sider',
  (text) => (text === 'collapsed' ? 'collapsed' : 'open'),
  String,
);

/** Whether the departments stand beside the members on the org page. */
export const treePreference = createPreference<'shown' | 'hidden'>(
  'orgmirror.tree',
  (text) => (text === 'hidden' ? 'hidden' : 'shown'),
  String,
);

/**
 * Whether this browser was signed in when last seen: a hint that spares the sign-in page a question whose
 * answer would be no. The session itself is a cookie that no script can read.
 */
export const signedInHint = createPreference<boolean>(
  'orgmirror.signedIn',
  (text) => text === 'yes',
  (isSignedIn) => (isSignedIn ? 'yes' : 'no'),
);

/** The run whose result was dismissed on the org page. */
export const dismissedRunPreference = createPreference<string>(
  'orgmirror.dismissedRun',
  (text) => text ?? '',
  String,
);

import type { SignedInUser } from '@orgmirror/contracts';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Console } from '../src/app/console.tsx';
import type { Language } from '../src/config/preferences.ts';
import { switchLanguage } from '../src/i18n/language.ts';
import { adminUser } from './fixtures.ts';

/** Renders the whole console at an address, for a signed-in user. */
export async function renderConsole(
  path: string,
  { user = adminUser, language = 'zh-CN' }: { user?: SignedInUser; language?: Language } = {},
) {
  window.history.replaceState(null, '', path);
  await switchLanguage(language);
  render(<Console user={user} />);
  // Drawers and dialogs animate with pointer-events off, which jsdom never turns on again.
  return userEvent.setup({ pointerEventsCheck: 0 });
}

import type { SignedInUser } from '@orgmirror/contracts';
import { useState } from 'react';
import { RouterProvider } from 'react-router-dom';
import type { Language } from '../config/preferences.ts';
import { switchLanguage } from '../i18n/language.ts';
import { createConsoleRouter } from './create-console-router.tsx';
import { Providers } from './providers.tsx';
import '../styles/console.css';
import '../styles/member.css';
import '../styles/table.css';
import '../styles/table-fixed.css';
import '../styles/cards.css';
import '../styles/pages.css';

/** Loads what the console needs to render: the texts of its language. */
export const prepareConsole = (language: Language): Promise<void> => switchLanguage(language);

/** The console, for signed-in users. */
export function Console({ user }: { user: SignedInUser }) {
  const [router] = useState(createConsoleRouter);
  return (
    <Providers user={user}>
      <RouterProvider router={router} />
    </Providers>
  );
}

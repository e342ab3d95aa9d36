import type { SignedInUser } from '@orgmirror/contracts';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { languagePreference, signedInHint } from '../config/preferences.ts';
import { BootMessage } from '../features/sign-in/boot-message.tsx';
import { ResetPage } from '../features/sign-in/reset-page.tsx';
import { type InitialRoute, resolveInitialRoute } from '../features/sign-in/resolve-initial-route.ts';
import { SetupPage } from '../features/sign-in/setup-page.tsx';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import { buildSignInPath, readReturnTo } from '../lib/return-to.ts';

const loadConsole = () => import('./console.tsx');

// antd and everything behind sign-in: fetched only after sign-in.
const Console = lazy(async () => {
  const { Console, prepareConsole } = await loadConsole();
  await prepareConsole(languagePreference.get());
  return { default: Console };
});

/** The light entry of the page: decides between first-run set-up, sign-in and the console. */
export function Entry() {
  const [place, setPlace] = useState<InitialRoute>({ kind: 'checking' });

  const check = useCallback(async () => {
    setPlace({ kind: 'checking' });
    const found = await resolveInitialRoute(window.location);
    putInAddressBar(found);
    setPlace(found);
  }, []);
  useEffect(() => void check(), [check]);
  useEffect(() => {
    // A link that sets a password, pasted where the sign-in page is open already, loads no page.
    const checkLink = () => window.location.pathname === '/sign-in' && void check();
    window.addEventListener('hashchange', checkLink);
    return () => window.removeEventListener('hashchange', checkLink);
  }, [check]);

  /** Forgets the link, also in the browser's history. */
  const leaveReset = () => {
    window.history.replaceState(null, '', '/sign-in?local=1');
    void check();
  };

  const enterConsole = (user: SignedInUser) => {
    signedInHint.set(true);
    window.history.replaceState(null, '', readReturnTo(window.location.search, window.location.origin));
    setPlace({ kind: 'console', user });
  };

  switch (place.kind) {
    case 'checking':
      return <BootMessage />;
    case 'unreachable':
      return <BootMessage onRetry={check} />;
    case 'setup':
      return <SetupPage onSignedIn={enterConsole} onAlreadySetUp={check} onSubmit={loadConsole} />;
    case 'reset':
      return <ResetPage token={place.token} onDone={leaveReset} />;
    case 'signIn':
      return <SignInPage options={place.options} onSignedIn={enterConsole} onSubmit={loadConsole} />;
    case 'console':
      return (
        <Suspense fallback={<BootMessage />}>
          <Console user={place.user} />
        </Suspense>
      );
  }
}

function putInAddressBar(found: InitialRoute): void {
  const { pathname, search, hash, origin } = window.location;
  if (found.kind === 'setup' && pathname !== '/setup') window.history.replaceState(null, '', '/setup');
  if (found.kind === 'signIn' && pathname !== '/sign-in') {
    const wanted = pathname === '/setup' ? '/' : `${pathname}${search}${hash}`;
    window.history.replaceState(null, '', buildSignInPath(wanted));
  }
  if (found.kind === 'console' && (pathname === '/sign-in' || pathname === '/setup'))
    window.history.replaceState(null, '', readReturnTo(search, origin));
}

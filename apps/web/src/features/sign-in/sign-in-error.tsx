import { usePreference } from '../../config/preference.ts';
import { languagePreference } from '../../config/preferences.ts';
import { getSignInErrorText } from './error-texts.ts';
import { SignInLink } from './sign-in-link.tsx';
import { SignInShell } from './sign-in-shell.tsx';
import type { SignInSearch } from './use-sign-in-search.ts';
import { useSignInTexts } from './use-sign-in-texts.ts';

interface SignInErrorProps {
  code: string;
  requestId: string | null;
  search: SignInSearch;
}

/** Why a sign-in with WeCom failed, what to do, and a button to try again. */
export function SignInError({ code, requestId, search }: SignInErrorProps) {
  const texts = useSignInTexts();
  const { title, detail } = getSignInErrorText(code, usePreference(languagePreference));
  return (
    <SignInShell title={title}>
      <p className="om-sign-in-lead" role="alert">
        {detail}
      </p>
      <a
        className="om-button"
        href={search.build({})}
        onClick={(event) => {
          event.preventDefault();
          search.go({});
        }}
      >
        {texts.signIn.again}
      </a>
      <SignInLink search={search} params={{ local: '1' }}>
        {texts.signIn.title}
      </SignInLink>
      <p className="om-sign-in-note">
        <code>{code.slice(0, 64)}</code>
        {requestId !== null && (
          <>
            {' · '}
            {texts.requestId} <code>{requestId.slice(0, 64)}</code>
          </>
        )}
      </p>
    </SignInShell>
  );
}

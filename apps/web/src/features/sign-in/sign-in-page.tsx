import type { SignInOptions } from '@orgmirror/contracts';
import { useEffect } from 'react';
import { readReturnTo } from '../../lib/return-to.ts';
import { buildWecomStartPath, isInWecom } from '../../lib/wecom-client.ts';
import { AccountForm, type AccountFormProps } from './account-form.tsx';
import { BootMessage } from './boot-message.tsx';
import { getOptionLabel } from './get-option-label.ts';
import { SignInError } from './sign-in-error.tsx';
import { SignInLink } from './sign-in-link.tsx';
import { WecomSignInOptions } from './sign-in-options.tsx';
import { SignInShell } from './sign-in-shell.tsx';
import { type SignInSearch, useSignInSearch } from './use-sign-in-search.ts';
import { useSignInTexts } from './use-sign-in-texts.ts';

interface SignInPageProps extends AccountFormProps {
  options: SignInOptions | null;
}

/**
 * The enabled sign-in options. Inside the WeCom client it redirects at once, unless an error or the user
 * (`?local=1`, `?signedOut=1`) says otherwise.
 */
export function SignInPage({ options, ...form }: SignInPageProps) {
  const search = useSignInSearch();
  const wecom = options?.wecom ?? null;
  const error = search.params.get('error');
  if (error !== null)
    return <SignInError code={error} requestId={search.params.get('requestId')} search={search} />;
  if (search.params.get('local') !== null) return <AccountSignIn {...{ options, search, form }} />;
  if (wecom?.inApp && isInWecom()) return <InWecom name={wecom.name} search={search} />;
  if (wecom?.web) return <InBrowser name={wecom.name} search={search} />;
  return <AccountSignIn {...{ options, search, form }} />;
}

interface AccountSignInProps {
  options: SignInOptions | null;
  search: SignInSearch;
  form: AccountFormProps;
}

function AccountSignIn({ options, search, form }: AccountSignInProps) {
  const texts = useSignInTexts().signIn;
  const isWecomHere = options?.wecom && (options.wecom.web || (options.wecom.inApp && isInWecom()));
  return (
    <SignInShell title={texts.title}>
      <SessionEnded search={search} />
      <p className="om-sign-in-lead">{texts.lead}</p>
      <AccountForm {...form} />
      {isWecomHere && (
        <SignInLink search={search} params={{}}>
          {texts.wecom}
        </SignInLink>
      )}
      {options?.wecom?.inApp && !isWecomHere && <p className="om-sign-in-note">{texts.openInWecom}</p>}
      {options === null && <p className="om-sign-in-note">{texts.optionsUnknown}</p>}
      <p className="om-sign-in-note">{texts.askAboutAccount}</p>
    </SignInShell>
  );
}

/** Explains an expired session, or says that the user has signed out; the address tells which. */
function SessionEnded({ search }: { search: SignInSearch }) {
  const texts = useSignInTexts().signIn;
  if (search.params.get('signedOut') !== null)
    return (
      <div className="om-notice om-notice-info" role="status">
        <strong>{texts.signedOut}</strong>
      </div>
    );
  if (search.params.get('sessionEnded') === null) return null;
  return (
    <div className="om-notice om-notice-info" role="status">
      <strong>{texts.sessionEnded}</strong>
      {texts.sessionEndedDetail}
    </div>
  );
}

function InBrowser({ name, search }: { name: string; search: SignInSearch }) {
  const texts = useSignInTexts().signIn;
  return (
    <SignInShell title={texts.welcome}>
      <SessionEnded search={search} />
      <WecomSignInOptions
        name={name}
        returnTo={readReturnTo(window.location.search, window.location.origin)}
      />
      <SignInLink search={search} params={{ local: '1' }}>
        {texts.title}
      </SignInLink>
      <p className="om-sign-in-note">{texts.askAboutWecom}</p>
    </SignInShell>
  );
}

function InWecom({ name, search }: { name: string; search: SignInSearch }) {
  const texts = useSignInTexts().signIn;
  const start = buildWecomStartPath({
    mode: 'inApp',
    returnTo: readReturnTo(window.location.search, window.location.origin),
  });
  const isSignedOut = search.params.get('signedOut') !== null;
  useEffect(() => {
    // `replace`: the back button must not return to a page that only redirects.
    if (!isSignedOut) window.location.replace(start);
  }, [isSignedOut, start]);
  if (!isSignedOut) return <BootMessage />;
  return (
    <SignInShell title={texts.signedOut}>
      <p className="om-sign-in-lead">{texts.signedOutLead}</p>
      <a className="om-button" href={start}>
        {getOptionLabel(name, texts.wecom)}
      </a>
      <SignInLink search={search} params={{ local: '1' }}>
        {texts.title}
      </SignInLink>
    </SignInShell>
  );
}

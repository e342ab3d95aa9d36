import type { SignInOptions } from '@orgmirror/contracts';
import { useEffect } from 'react';
import { readReturnTo } from '../../lib/return-to.ts';
import { buildWecomStartPath, isInWecom } from '../../lib/wecom-client.ts';
import { AccountForm, type AccountFormProps } from './account-form.tsx';
import { BootMessage } from './boot-message.tsx';
import { describeWay } from './describe-way.ts';
import { EntryFrame } from './entry-frame.tsx';
import { EntryLink } from './entry-link.tsx';
import { SignInError } from './sign-in-error.tsx';
import { type EntrySearch, useEntrySearch } from './use-entry-search.ts';
import { useEntryTexts } from './use-entry-texts.ts';
import { WecomWays } from './wecom-ways.tsx';

interface SignInPageProps extends AccountFormProps {
  options: SignInOptions | null;
}

/**
 * The ways in that are switched on. Inside the WeCom client it goes straight on, unless an error or the person
 * (`?local=1`, `?signedOut=1`) says otherwise.
 */
export function SignInPage({ options, ...form }: SignInPageProps) {
  const search = useEntrySearch();
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
  search: EntrySearch;
  form: AccountFormProps;
}

function AccountSignIn({ options, search, form }: AccountSignInProps) {
  const texts = useEntryTexts().signIn;
  const isWecomHere = options?.wecom && (options.wecom.web || (options.wecom.inApp && isInWecom()));
  return (
    <EntryFrame title={texts.title}>
      <SessionEnded search={search} />
      <p className="om-entry-lead">{texts.lead}</p>
      <AccountForm {...form} />
      {isWecomHere && (
        <EntryLink search={search} params={{}}>
          {texts.wecom}
        </EntryLink>
      )}
      {options?.wecom?.inApp && !isWecomHere && <p className="om-entry-note">{texts.openInWecom}</p>}
      {options === null && <p className="om-entry-note">{texts.waysUnknown}</p>}
    </EntryFrame>
  );
}

/** Why somebody who was at work is here; the address says so. */
function SessionEnded({ search }: { search: EntrySearch }) {
  const texts = useEntryTexts().signIn;
  if (search.params.get('sessionEnded') === null) return null;
  return (
    <div className="om-notice om-notice-info" role="status">
      <strong>{texts.sessionEnded}</strong>
      {texts.sessionEndedDetail}
    </div>
  );
}

function InBrowser({ name, search }: { name: string; search: EntrySearch }) {
  const texts = useEntryTexts().signIn;
  return (
    <EntryFrame title={texts.welcome}>
      <SessionEnded search={search} />
      <WecomWays name={name} returnTo={readReturnTo(window.location.search, window.location.origin)} />
      <EntryLink search={search} params={{ local: '1' }}>
        {texts.title}
      </EntryLink>
    </EntryFrame>
  );
}

function InWecom({ name, search }: { name: string; search: EntrySearch }) {
  const texts = useEntryTexts().signIn;
  const start = buildWecomStartPath({
    mode: 'inApp',
    returnTo: readReturnTo(window.location.search, window.location.origin),
  });
  const isSignedOut = search.params.get('signedOut') !== null;
  useEffect(() => {
    if (!isSignedOut) window.location.replace(start); // no way back to a page that only leads on
  }, [isSignedOut, start]);
  if (!isSignedOut) return <BootMessage />;
  return (
    <EntryFrame title={texts.signedOut}>
      <p className="om-entry-lead">{texts.signedOutLead}</p>
      <a className="om-button" href={start}>
        {describeWay(name, texts.wecom)}
      </a>
      <EntryLink search={search} params={{ local: '1' }}>
        {texts.title}
      </EntryLink>
    </EntryFrame>
  );
}

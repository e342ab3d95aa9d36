import { usePreference } from '../../config/preference.ts';
import { languagePreference } from '../../config/preferences.ts';
import { EntryFrame } from './entry-frame.tsx';
import { EntryLink } from './entry-link.tsx';
import { getEntryErrorText } from './error-texts.ts';
import type { EntrySearch } from './use-entry-search.ts';
import { useEntryTexts } from './use-entry-texts.ts';

interface SignInErrorProps {
  code: string;
  requestId: string | null;
  search: EntrySearch;
}

/** Why a sign-in by WeCom did not lead in, what to do, and the way to try again. */
export function SignInError({ code, requestId, search }: SignInErrorProps) {
  const texts = useEntryTexts();
  const { title, detail } = getEntryErrorText(code, usePreference(languagePreference));
  return (
    <EntryFrame title={title}>
      <p className="om-entry-lead" role="alert">
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
      <EntryLink search={search} params={{ local: '1' }}>
        {texts.signIn.title}
      </EntryLink>
      <p className="om-entry-note">
        <code>{code.slice(0, 64)}</code>
        {requestId !== null && (
          <>
            {' · '}
            {texts.requestId} <code>{requestId.slice(0, 64)}</code>
          </>
        )}
      </p>
    </EntryFrame>
  );
}

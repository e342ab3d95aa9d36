import type { endpoints, SignedInUser } from '@orgmirror/contracts';
import { type SubmitEvent, useState } from 'react';
import { LabelledInput } from '../../components/labelled-input.tsx';
import { EntryProblem } from './entry-problem.tsx';
import { requestEntry } from './request-entry.ts';
import { useEntryForm } from './use-entry-form.ts';
import { useEntryTexts } from './use-entry-texts.ts';

export interface AccountFormProps {
  onSignedIn: (user: SignedInUser) => void;
  /** Called as soon as someone tries: time to fetch the console. */
  onSubmit: () => void;
}

/** Sign-in with a local account. */
export function AccountForm({ onSignedIn, onSubmit }: AccountFormProps) {
  const texts = useEntryTexts().signIn;
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  const form = useEntryForm<{ user: SignedInUser }>();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (username.trim() === '' || password === '') return;
    onSubmit();
    const answer = await form.send(() =>
      requestEntry<typeof endpoints.signIn>('post', '/session', { username: username.trim(), password }),
    );
    if (answer) onSignedIn(answer.user);
  };

  const missing = (value: string) => (isChecked && value.trim() === '' ? texts.required : undefined);

  return (
    <form ref={form.formRef} onSubmit={submit} noValidate>
      {form.problem !== undefined && <EntryProblem problem={form.problem} />}
      <LabelledInput
        label={texts.username}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
        error={form.fieldErrors.username ?? missing(username)}
      />
      <LabelledInput
        label={texts.password}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={form.fieldErrors.password ?? missing(password)}
      />
      <button type="submit" className="om-button" disabled={form.isSending || form.waitSeconds > 0}>
        {form.waitSeconds > 0
          ? texts.wait.replace('{seconds}', String(form.waitSeconds))
          : form.isSending
            ? texts.submitting
            : texts.submit}
      </button>
    </form>
  );
}

import type { endpoints } from '@orgmirror/contracts';
import { type SubmitEvent, useState } from 'react';
import { PasswordInput } from '../../components/password-input.tsx';
import { describePassword, findPasswordFaults, minPasswordLength } from './describe-password.ts';
import { SignInProblem } from './sign-in-problem.tsx';
import { sendRequest } from './sign-in-requests.ts';
import { SignInShell } from './sign-in-shell.tsx';
import { useSignInForm } from './use-sign-in-form.ts';
import { useSignInTexts } from './use-sign-in-texts.ts';

/** Sets the password of a local account with the token of a link that an admin made. */
export function ResetPage({ token, onDone }: { token: string; onDone: () => void }) {
  const allTexts = useSignInTexts();
  const { setup, reset: texts } = allTexts;
  const [fields, setFields] = useState({ password: '', confirm: '' });
  const [username, setUsername] = useState<string | null>(null);
  const form = useSignInForm<{ username: string }>();
  const faults = findPasswordFaults(fields, allTexts);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (faults.password !== undefined || faults.confirm !== undefined) return form.refuse();
    const body = { token, newPassword: fields.password };
    const answer = await form.send(() =>
      sendRequest<typeof endpoints.completePasswordReset>('post', '/password-reset', body),
    );
    if (answer) setUsername(answer.username);
  };

  if (username !== null)
    return (
      <SignInShell title={texts.done}>
        <p className="om-sign-in-lead">{texts.doneLead.replace('{username}', username)}</p>
        <button type="button" className="om-button" onClick={onDone}>
          {setup.goToSignIn}
        </button>
      </SignInShell>
    );
  return (
    <SignInShell title={texts.title}>
      <p className="om-sign-in-lead">{texts.lead}</p>
      <form ref={form.formRef} onSubmit={submit} noValidate>
        {form.problem !== undefined && <SignInProblem problem={form.problem} />}
        <PasswordInput
          name="newPassword"
          label={texts.password}
          showLabel={setup.showPassword}
          autoComplete="new-password"
          required
          value={fields.password}
          onChange={(event) => setFields({ ...fields, password: event.target.value })}
          hint={describePassword(fields.password.length, setup)}
          isHintMet={fields.password.length >= minPasswordLength}
          error={form.fieldErrors.newPassword ?? (form.isRefused ? faults.password : undefined)}
        />
        <PasswordInput
          name="confirm"
          label={setup.confirm}
          showLabel={setup.showConfirm}
          autoComplete="new-password"
          required
          value={fields.confirm}
          onChange={(event) => setFields({ ...fields, confirm: event.target.value })}
          error={fields.confirm === '' && !form.isRefused ? undefined : faults.confirm}
        />
        <button type="submit" className="om-button" disabled={form.isSending || form.waitSeconds > 0}>
          {texts.submit}
        </button>
      </form>
    </SignInShell>
  );
}

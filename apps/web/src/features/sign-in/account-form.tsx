import type { endpoints, SignedInUser } from '@orgmirror/contracts';
import { type SubmitEvent, useState } from 'react';
import { LabelledInput } from '../../components/labelled-input.tsx';
import { PasswordInput } from '../../components/password-input.tsx';
import { SignInProblem } from './sign-in-problem.tsx';
import { sendRequest } from './sign-in-requests.ts';
import { useSignInForm } from './use-sign-in-form.ts';
import { useSignInTexts } from './use-sign-in-texts.ts';

export interface AccountFormProps {
  onSignedIn: (user: SignedInUser) => void;
  /** Called on submit: time to prefetch the console. */
  onSubmit: () => void;
}

/** Sign-in with a local account. */
export function AccountForm({ onSignedIn, onSubmit }: AccountFormProps) {
  const texts = useSignInTexts().signIn;
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const form = useSignInForm<{ user: SignedInUser }>();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (username.trim() === '' || password === '') return form.refuse();
    onSubmit();
    const answer = await form.send(() =>
      sendRequest<typeof endpoints.signIn>('post', '/session', { username: username.trim(), password }),
    );
    if (answer) onSignedIn(answer.user);
  };

  const missing = (value: string) => (form.isRefused && value.trim() === '' ? texts.required : undefined);

  return (
    <form ref={form.formRef} onSubmit={submit} noValidate>
      {form.problem !== undefined && <SignInProblem problem={form.problem} />}
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
      <PasswordInput
        label={texts.password}
        showLabel={texts.showPassword}
        name="password"
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

import type { endpoints, SignedInUser } from '@orgmirror/contracts';
import { type SubmitEvent, useState } from 'react';
import { FirstRunSteps } from '../../components/first-run-steps.tsx';
import { LabelledInput } from '../../components/labelled-input.tsx';
import { PasswordInput } from '../../components/password-input.tsx';
import { describePassword, findPasswordFaults, minPasswordLength } from './describe-password.ts';
import { SignInProblem } from './sign-in-problem.tsx';
import { sendRequest } from './sign-in-requests.ts';
import { SignInShell } from './sign-in-shell.tsx';
import { useSignInForm } from './use-sign-in-form.ts';
import { useSignInTexts } from './use-sign-in-texts.ts';

const emptyFields = { setupCode: '', username: '', password: '', confirm: '' };

interface SetupPageProps {
  onSignedIn: (user: SignedInUser) => void;
  onAlreadySetUp: () => void;
  /** Called on submit: time to prefetch the console. */
  onSubmit: () => void;
}

/** First run: creates the first admin with the code from the server's terminal. */
export function SetupPage({ onSignedIn, onAlreadySetUp, onSubmit }: SetupPageProps) {
  const allTexts = useSignInTexts();
  const texts = allTexts.setup;
  const [fields, setFields] = useState(emptyFields);
  const form = useSignInForm<{ user: SignedInUser }>();
  const bind = (name: keyof typeof emptyFields) => ({
    name,
    value: fields[name],
    required: true,
    onChange: (event: { target: { value: string } }) => setFields({ ...fields, [name]: event.target.value }),
  });

  const askFor = (value: string) => (value.trim() === '' ? allTexts.signIn.required : undefined);
  const faults = {
    setupCode: askFor(fields.setupCode),
    username: askFor(fields.username),
    ...findPasswordFaults(fields, allTexts),
  };
  const marked: Partial<typeof faults> = form.isRefused ? faults : {};
  const isLong = fields.password.length >= minPasswordLength;

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (Object.values(faults).some((fault) => fault !== undefined)) return form.refuse();
    onSubmit();
    const { setupCode, username, password } = fields;
    const answer = await form.send(() =>
      sendRequest<typeof endpoints.completeSetup>('post', '/setup', {
        setupCode: setupCode.trim(),
        username: username.trim(),
        password,
      }),
    );
    if (answer) onSignedIn(answer.user);
  };

  return (
    <SignInShell title={texts.title}>
      <FirstRunSteps label={texts.steps} steps={[texts.step1, texts.step2, texts.step3]} current={0} />
      <p className="om-sign-in-lead">{texts.lead}</p>
      <form ref={form.formRef} onSubmit={submit} noValidate>
        {form.problem !== undefined && <SignInProblem problem={form.problem} />}
        {form.problem?.code === 'setup.completed' && (
          <p>
            <button type="button" className="om-quiet-button" onClick={onAlreadySetUp}>
              {texts.goToSignIn}
            </button>
          </p>
        )}
        <LabelledInput
          {...bind('setupCode')}
          label={texts.setupCode}
          hint={texts.setupCodeHint}
          isCode
          autoComplete="off"
          spellCheck={false}
          error={
            form.fieldErrors.setupCode ??
            marked.setupCode ??
            (form.problem?.code === 'setup.wrong_code' ? form.problem.title : undefined)
          }
        />
        <LabelledInput
          {...bind('username')}
          label={texts.username}
          hint={texts.usernameHint}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={form.fieldErrors.username ?? marked.username}
        />
        <PasswordInput
          {...bind('password')}
          label={texts.password}
          showLabel={texts.showPassword}
          autoComplete="new-password"
          hint={describePassword(fields.password.length, texts)}
          isHintMet={isLong}
          error={form.fieldErrors.password ?? marked.password}
        />
        <PasswordInput
          {...bind('confirm')}
          label={texts.confirm}
          showLabel={texts.showConfirm}
          autoComplete="new-password"
          error={fields.confirm === '' ? marked.confirm : faults.confirm}
        />
        <button type="submit" className="om-button" disabled={form.isSending || form.waitSeconds > 0}>
          {form.isSending ? texts.submitting : texts.submit}
        </button>
      </form>
    </SignInShell>
  );
}

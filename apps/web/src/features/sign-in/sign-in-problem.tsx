import type { Problem } from '@orgmirror/contracts';
import { useSignInTexts } from './use-sign-in-texts.ts';

/** Why the form was not accepted; null = the server could not be reached. */
export function SignInProblem({ problem }: { problem: Problem | null }) {
  const texts = useSignInTexts();
  return (
    <div className="om-notice" role="alert">
      <strong>{problem?.title ?? texts.unreachable.title}</strong>
      {problem?.detail ?? texts.unreachable.detail}
      {problem && (
        <>
          <br />
          <small>
            {texts.requestId} {problem.requestId}
          </small>
        </>
      )}
    </div>
  );
}

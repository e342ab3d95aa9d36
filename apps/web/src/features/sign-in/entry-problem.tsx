import type { Problem } from '@orgmirror/contracts';
import { useEntryTexts } from './use-entry-texts.ts';

/** Why the form was not accepted; null = the server could not be reached. */
export function EntryProblem({ problem }: { problem: Problem | null }) {
  const texts = useEntryTexts();
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

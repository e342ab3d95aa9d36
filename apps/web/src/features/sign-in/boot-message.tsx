import { useSignInTexts } from './use-sign-in-texts.ts';

/** The page before the first answers: loading, or unreachable with a retry button. */
export function BootMessage({ onRetry }: { onRetry?: () => void }) {
  const texts = useSignInTexts();
  if (onRetry === undefined)
    return (
      <div className="om-boot" role="status">
        {texts.loading}
      </div>
    );
  return (
    <main className="om-boot">
      <div className="om-sign-in-main">
        <div className="om-notice" role="alert">
          <strong>{texts.unreachable.title}</strong>
          {texts.unreachable.detail}
        </div>
        <button type="button" className="om-button" onClick={onRetry}>
          {texts.unreachable.retry}
        </button>
      </div>
    </main>
  );
}

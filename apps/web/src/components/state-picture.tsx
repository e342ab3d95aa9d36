/** What a page state is about: nothing there yet, not for this user, not found, or broken. */
export type StateKind = 'empty' | 'forbidden' | 'missing' | 'error';

const drawings: Readonly<Record<StateKind, string>> = {
  // A chart of three boxes.
  empty:
    'M27 3h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H27a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2ZM9 22h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2ZM45 22h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H45a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2ZM32 12v5M14 22v-3a2 2 0 0 1 2-2h32a2 2 0 0 1 2 2v3',
  // A lock.
  forbidden:
    'M22 16h20a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H22a2 2 0 0 1-2-2V18a2 2 0 0 1 2-2ZM25 16v-5a7 7 0 0 1 14 0v5M32 23v4',
  // A magnifying glass.
  missing: 'M29 6a11 11 0 1 1 0 22 11 11 0 0 1 0-22ZM37 25l10 9M25 15h8M25 20h5',
  // A warning sign.
  error: 'M32 5 48 33a1 1 0 0 1-1 1.5H17a1 1 0 0 1-1-1.5ZM32 15v9M32 29v.1',
};

/** A drawing of its own for each kind of state, so that they differ at a glance. */
export function StatePicture({ kind }: { kind: StateKind }) {
  return (
    <svg viewBox="0 0 64 48" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
        <path d={drawings[kind]} />
        <path d="M4 42h56" strokeDasharray=".1 4" />
      </g>
    </svg>
  );
}

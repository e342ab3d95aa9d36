interface FirstRunStepsProps {
  /** Accessible name. */
  label: string;
  /** In order: account, connection, first sync. */
  steps: readonly string[];
  /** Index of the one to do now; those before it are done. */
  current: number;
}

/** The way from nothing to the first sync, in one line. */
export function FirstRunSteps({ label, steps, current }: FirstRunStepsProps) {
  return (
    <ol className="om-first-run" aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step}
          className={index < current ? 'om-first-run-done' : undefined}
          aria-current={index === current ? 'step' : undefined}
        >
          <i aria-hidden="true">{index < current ? '✓' : index + 1}</i>
          {step}
        </li>
      ))}
    </ol>
  );
}

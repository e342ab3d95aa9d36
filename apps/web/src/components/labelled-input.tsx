import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

interface LabelledInputProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  isHintMet?: boolean;
  error?: string | undefined;
  isCode?: boolean;
  /** Stands at the end of the field. */
  extra?: ReactNode;
}

/** A labelled input whose hint or error is announced with it. */
export function LabelledInput({
  label,
  hint,
  isHintMet,
  error,
  isCode,
  extra,
  ...input
}: LabelledInputProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div
      className={['om-field', isCode && 'om-field-mono', extra && 'om-field-extra'].filter(Boolean).join(' ')}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        {...(note !== undefined && { 'aria-describedby': `${id}-note` })}
        {...input}
      />
      {extra}
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={error ? 'om-hint om-hint-error' : isHintMet ? 'om-hint om-hint-met' : 'om-hint'}
          aria-live="polite"
        >
          {note}
        </p>
      )}
    </div>
  );
}

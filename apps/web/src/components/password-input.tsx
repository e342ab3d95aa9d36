import { type ComponentProps, useState } from 'react';
import { LabelledInput } from './labelled-input.tsx';

interface PasswordInputProps extends Omit<ComponentProps<typeof LabelledInput>, 'type' | 'extra'> {
  /** Name of the button, which is pressed while the password is in sight. */
  showLabel: string;
}

/** A password that can be looked at while it is typed. */
export function PasswordInput({ showLabel, ...input }: PasswordInputProps) {
  const [isShown, setShown] = useState(false);
  return (
    <LabelledInput
      {...input}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      extra={
        <button
          type="button"
          className="om-show-password"
          aria-label={showLabel}
          title={showLabel}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <g fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round">
              <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
              <circle cx="12" cy="12" r="2.8" />
              {isShown || <path d="M4 20 20 4" />}
            </g>
          </svg>
        </button>
      }
    />
  );
}

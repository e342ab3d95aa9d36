import type { ComponentProps } from 'react';

interface NativeSelectProps extends Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'children'> {
  /** Accessible name, where no label element gives one. */
  label?: string;
  /** Left out inside a form, which hands it over. */
  value?: string;
  options: readonly { value: string; label: string }[];
  /** Left out inside a form, which hands it over. */
  onChange?: (value: string) => void;
}

/** The native select element, styled like the console. */
export function NativeSelect({ label, options, onChange, ...rest }: NativeSelectProps) {
  return (
    <select
      className="om-select"
      aria-label={label}
      onChange={(event) => onChange?.(event.target.value)}
      {...rest}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

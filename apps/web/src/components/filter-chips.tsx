import { formatCount } from '../lib/format.ts';

interface FilterChipsProps<T extends string> {
  label: string;
  /** Undefined: none of the options. */
  value: T | undefined;
  options: readonly {
    value: T;
    label: string;
    /** How many rows it would list, as far as that is known. */
    count?: number | undefined;
    /** The same in words. */
    hint?: string | undefined;
  }[];
  onChange: (value: T) => void;
}

/** One choice of a few, all in sight. */
export function FilterChips<T extends string>({ label, value, options, onChange }: FilterChipsProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in line in every browser
    <div className="om-chips" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="om-chip"
          aria-pressed={option.value === value}
          title={option.hint}
          onClick={() => onChange(option.value)}
        >
          {option.label}
          {option.count !== undefined && <small aria-hidden="true">{formatCount(option.count)}</small>}
        </button>
      ))}
    </div>
  );
}

interface ToggleChipsProps<T extends string | number> {
  id?: string;
  label: string;
  options: readonly { value: T; label: string }[];
  isDisabled: boolean;
  /** Left out inside a form, which hands it over. */
  value?: readonly T[];
  /** In the order of the options. */
  onChange?: (values: T[]) => void;
}

/** A few options in sight, each on or off. */
export function ToggleChips<T extends string | number>({
  id,
  label,
  options,
  isDisabled,
  value = [],
  onChange,
}: ToggleChipsProps<T>) {
  const toggle = (changed: T) =>
    onChange?.(
      options.map((option) => option.value).filter((one) => (one === changed) !== value.includes(one)),
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in line in every browser
    <div id={id} className="om-chips" role="group" aria-label={label} tabIndex={-1}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="om-chip"
          aria-pressed={value.includes(option.value)}
          disabled={isDisabled}
          onClick={() => toggle(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

interface TickBoxProps {
  label: string;
  isTicked: boolean;
  /** Some of those that it stands for are ticked. */
  isPartly?: boolean;
  onTick: (isTicked: boolean) => void;
}

/** A checkbox in the rows of a table: antd's, one a row, would be a tenth of what a page of a list costs. */
export function TickBox({ label, isTicked, isPartly = false, onTick }: TickBoxProps) {
  return (
    <input
      type="checkbox"
      className="om-tick-box"
      aria-label={label}
      checked={isTicked}
      ref={(box) => {
        if (box !== null) box.indeterminate = isPartly;
      }}
      onChange={({ target }) => onTick(target.checked)}
    />
  );
}

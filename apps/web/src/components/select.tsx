import { lazy, Suspense } from 'react';
import type { SelectControlProps } from './select-control.tsx';

// Begins with the page's own code: it is here when the page has its data.
const control = import('./select-control.tsx');
const SelectControl = lazy(async () => ({ default: (await control).SelectControl }));

/** Chooses one of several. Until its code is here, what is chosen stands in a box of the same size. */
export function Select(props: SelectControlProps) {
  return (
    <Suspense fallback={<WaitingSelect {...props} />}>
      <SelectControl {...props} />
    </Suspense>
  );
}

function WaitingSelect({ value, options, size }: SelectControlProps) {
  return (
    <span className={`om-select om-waiting-control ${size === 'small' ? 'om-waiting-control-small' : ''}`}>
      {options.find((option) => option.value === value)?.label}
    </span>
  );
}

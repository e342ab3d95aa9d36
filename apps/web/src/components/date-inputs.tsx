import { lazy, Suspense } from 'react';
import type { PickerProps } from './pickers.tsx';

// Begins with the page's own code: they are here when the page has its data.
const pickers = import('./pickers.tsx');
const TimePicker = lazy(async () => ({ default: (await pickers).TimePicker }));
const DayPicker = lazy(async () => ({ default: (await pickers).DayPicker }));

const WaitingPicker = ({ value, className = '' }: PickerProps) => (
  <span className={`om-waiting-control ${className}`}>{value}</span>
);

/** A time of the day, HH:mm, in the zone that the caller means; '' for none. */
export const TimeInput = (props: PickerProps) => (
  <Suspense fallback={<WaitingPicker {...props} />}>
    <TimePicker {...props} />
  </Suspense>
);

/** A day of the calendar, YYYY-MM-DD, in the zone that the caller means; '' for none. */
export const DayInput = (props: PickerProps) => (
  <Suspense fallback={<WaitingPicker {...props} />}>
    <DayPicker {...props} />
  </Suspense>
);

import dayjsConfig from '@rc-component/picker/generate/dayjs';
import { DatePicker, type DatePickerProps } from 'antd';
import dayjs from 'dayjs';

export interface PickerProps {
  /** Accessible name, where no label element gives one. */
  label?: string;
  /** Of the label's element; handed over by a form, as are the next two. */
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  className?: string;
}

/** A day without a change of clocks anywhere: each time of it exists. */
const anyDay = '2001-01-01';
const readTime = (text: string) => {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):?([0-5]\d)$/.exec(text.trim()) ?? [];
  return hours === undefined ? null : dayjs(`${anyDay}T${hours.padStart(2, '0')}:${minutes}`);
};
// With today's date, 02:30 could not be chosen on the day on which the browser's clocks skip it.
const { TimePicker: AnyDayTimePicker } = DatePicker.generatePicker({
  ...dayjsConfig,
  getNow: () => dayjs(anyDay),
  locale: { ...dayjsConfig.locale, parse: (_locale, text) => readTime(text) },
});

/** On a phone the panel is enough; a keyboard would cover it. */
const isTouched = () => window.matchMedia('(pointer: coarse)').matches;

export function TimePicker({ label, value = '', onChange, ...rest }: PickerProps) {
  return (
    <AnyDayTimePicker
      {...rest}
      aria-label={label}
      value={readTime(value)}
      format="HH:mm"
      onChange={(_time, text) => onChange?.(text ?? '')}
      needConfirm={false}
      showNow={false}
      allowClear={false}
      inputReadOnly={isTouched()}
    />
  );
}

/** Month and year are named by what they show; antd calls both 'choose' and hides it from who listens. */
const namedByText = { lang: { monthSelect: '', yearSelect: '' } } as NonNullable<DatePickerProps['locale']>;

export function DayPicker({ label, value = '', onChange, ...rest }: PickerProps) {
  return (
    <DatePicker
      {...rest}
      aria-label={label}
      title={label}
      value={value === '' ? null : dayjs(value, 'YYYY-MM-DD')}
      onChange={(_day, text) => onChange?.(text ?? '')}
      {...(label !== undefined && { placeholder: label })}
      locale={namedByText}
      inputReadOnly={isTouched()}
    />
  );
}

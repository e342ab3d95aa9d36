import { useTranslation } from 'react-i18next';
import { weekdayNumbers } from './schedule-values.ts';

interface WeekdayChipsProps {
  id?: string;
  isDisabled: boolean;
  /** Left out inside a form, which hands it over. */
  value?: number[];
  /** In order. */
  onChange?: (weekdays: number[]) => void;
}

/** Days of the week, each on or off. */
export function WeekdayChips({ id, isDisabled, value = [], onChange }: WeekdayChipsProps) {
  const { t } = useTranslation();
  const toggle = (day: number) =>
    onChange?.(weekdayNumbers.filter((one) => (one === day) !== value.includes(one)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in line in every browser
    <div id={id} className="om-chips" role="group" aria-label={t('settings.schedule.weekdays')} tabIndex={-1}>
      {weekdayNumbers.map((day) => (
        <button
          key={day}
          type="button"
          className="om-chip"
          aria-pressed={value.includes(day)}
          disabled={isDisabled}
          onClick={() => toggle(day)}
        >
          {t(`common.weekday.${day}`)}
        </button>
      ))}
    </div>
  );
}

import { Input } from 'antd';
import { useTranslation } from 'react-i18next';

interface ConfirmCountProps {
  count: number;
  value: string;
  onChange: (value: string) => void;
  onEnter: () => void;
}

/** The field in which the number of removals is typed, against removals by accident. */
export function ConfirmCount({ count, value, onChange, onEnter }: ConfirmCountProps) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('history.held.approveType', { count })}</p>
      <Input
        autoFocus
        inputMode="numeric"
        aria-label={t('history.held.approveLabel')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onPressEnter={() => isTypedCount(value, count) && onEnter()}
      />
    </>
  );
}

/** Whether the number was typed, with or without commas. */
export const isTypedCount = (typed: string, count: number): boolean =>
  typed.trim().replaceAll(',', '') === String(count);

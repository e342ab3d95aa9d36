import { useTranslation } from 'react-i18next';

/**
 * A value in a table. An unavailable one explains itself to the pointer and to screen readers; for keyboards
 * the header of the column does, because a tab stop in every empty cell would be hundreds per page.
 */
export function UnavailableCell({ value }: { value: string | null }) {
  const { t } = useTranslation();
  if (value !== null) return <span title={value}>{value}</span>;
  return (
    <span className="om-unavailable" title={t('org.notVisible')} role="img" aria-label={t('org.notVisible')}>
      —
    </span>
  );
}

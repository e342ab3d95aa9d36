import { QuestionCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

/**
 * A value in a table. One that WeCom did not give says so to the pointer and to screen readers; for keyboards the head
 * of the column explains it, because a stop in every empty cell would be hundreds a page.
 */
export function UnavailableCell({ value }: { value: string | null }) {
  const { t } = useTranslation();
  if (value !== null) return value;
  return (
    <span className="om-unavailable" title={t('org.notVisible')} role="img" aria-label={t('org.notVisible')}>
      — <QuestionCircleOutlined aria-hidden="true" />
    </span>
  );
}

import { QuestionCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

/** A value; an empty one stays empty, one that WeCom did not give explains itself. */
export function MaybeValue({ value, isCode = false }: { value: string | null; isCode?: boolean }) {
  const { t } = useTranslation();
  if (value === null)
    return (
      <span className="om-unknown" title={t('org.notVisible')} role="img" aria-label={t('org.notVisible')}>
        — <QuestionCircleOutlined aria-hidden="true" />
      </span>
    );
  return isCode ? <code>{value}</code> : value;
}

import { QuestionCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

/** A value of a profile: an empty one stays empty, an unavailable one explains itself, for keyboards too. */
export function UnavailableValue({ value }: { value: string | null }) {
  const { t } = useTranslation();
  if (value !== null) return value;
  return (
    <Tooltip title={t('org.notVisible')} trigger={['hover', 'focus']}>
      <button type="button" className="om-unavailable" aria-label={t('org.notVisible')}>
        — <QuestionCircleOutlined aria-hidden="true" />
      </button>
    </Tooltip>
  );
}

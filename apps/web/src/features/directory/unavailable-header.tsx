import { QuestionCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

/** The header of a column with unavailable values; its tooltip gives the reason, for keyboards too. */
export function UnavailableHeader({ title, isExplained }: { title: string; isExplained: boolean }) {
  const { t } = useTranslation();
  if (!isExplained) return title;
  const label = t('org.column.whyEmpty', { column: title });
  return (
    <span className="om-unavailable-header">
      {title}
      <Tooltip title={t('org.notVisible')} trigger={['hover', 'focus', 'click']}>
        <button type="button" className="om-icon-button" aria-label={label}>
          <QuestionCircleOutlined aria-hidden="true" />
        </button>
      </Tooltip>
    </span>
  );
}

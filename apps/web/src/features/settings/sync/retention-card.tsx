import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SyncValues } from './sync-values.ts';

interface RetentionCardProps {
  entered: SyncValues;
  saved: SyncValues;
}

/** 离职成员资料保留: after how many days the sensitive data of members who left are erased. */
export function RetentionCard({ entered, saved }: RetentionCardProps) {
  const { t } = useTranslation();
  return (
    <article className="om-card" aria-labelledby="om-retention-title">
      <div className="om-card-head">
        <h2 id="om-retention-title">{t('settings.retention.title')}</h2>
      </div>
      <div className="om-card-body">
        <p className="om-guard-intro">{t('settings.retention.intro')}</p>
        <div className="om-field-row">
          <Form.Item
            name="retentionDays"
            label={t('settings.retention.days')}
            rules={[
              { required: true, type: 'number', min: 1, max: 3650, message: t('settings.retention.range') },
            ]}
          >
            <InputNumber precision={0} suffix={t('settings.retention.unit')} />
          </Form.Item>
        </div>
        {entered.retentionDays < saved.retentionDays && (
          <p className="om-small-print">{t('settings.retention.effect')}</p>
        )}
      </div>
    </article>
  );
}

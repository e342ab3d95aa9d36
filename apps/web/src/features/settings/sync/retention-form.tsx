import { App, Button, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../../components/unsaved-guard.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { showFieldErrors } from '../../../lib/forms/show-field-errors.ts';
import { useSaveSyncSettings } from './use-save-sync-settings.ts';

interface RetentionValues {
  retentionDays: number;
}

/** 离职成员资料保留: after how many days the sensitive data of members who left are erased. */
export function RetentionForm({ retentionDays }: RetentionValues) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isAdmin = useIsAdmin();
  const [form] = Form.useForm<RetentionValues>();
  const save = useSaveSyncSettings();
  const [isOnField, setOnField] = useState(false);
  const entered = Form.useWatch('retentionDays', form) ?? retentionDays;

  const submit = (values: RetentionValues) => {
    setOnField(false);
    save.mutate(values, {
      onSuccess: () => message.success(t('settings.retention.saved')),
      onError: (error) => setOnField(showFieldErrors(form, error, ['retentionDays'])),
    });
  };
  return (
    <article className="om-card" aria-labelledby="om-retention-title">
      <UnsavedGuard isOfPage isDirty={() => entered !== retentionDays} />
      <div className="om-card-head">
        <h2 id="om-retention-title">{t('settings.retention.title')}</h2>
      </div>
      <div className="om-card-body">
        <p className="om-guard-intro">{t('settings.retention.intro')}</p>
        {save.isError && !isOnField && <ProblemNotice error={save.error} />}
        <Form<RetentionValues>
          form={form}
          name="retention"
          layout="inline"
          className="om-inline-form"
          initialValues={{ retentionDays }}
          disabled={!isAdmin}
          requiredMark={false}
          onFinish={submit}
        >
          <Form.Item
            name="retentionDays"
            label={t('settings.retention.days')}
            rules={[
              { required: true, type: 'number', min: 1, max: 3650, message: t('settings.retention.range') },
            ]}
          >
            <InputNumber precision={0} suffix={t('settings.retention.unit')} />
          </Form.Item>
          {isAdmin && (
            <Button htmlType="submit" disabled={entered === retentionDays} loading={save.isPending}>
              {t('common.action.save')}
            </Button>
          )}
        </Form>
        {entered < retentionDays && <p className="om-small-print">{t('settings.retention.effect')}</p>}
      </div>
    </article>
  );
}

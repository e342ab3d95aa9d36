import type { NoticeSettings } from '@orgmirror/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { QueryContent } from '../../../components/query-content.tsx';
import { UnsavedGuard } from '../../../components/unsaved-guard.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { getNoticeSettings, saveNoticeSettings } from '../../../lib/api/notices.ts';
import { showFieldErrors } from '../../../lib/forms/show-field-errors.ts';
import { EmailFields, SendingFields, WebhookFields, WecomFields } from './notice-fields.tsx';
import { buildNoticeBody, type NoticeFormValues, noticeFieldNames, readNoticeForm } from './notice-form.ts';
import './notices.css';

const noticeSettingsQuery = queryOptions({
  queryKey: ['settings', 'notices'],
  queryFn: ({ signal }) => getNoticeSettings({}, signal),
});

/** 通知: who is told of what needs a person, and by which way. */
export function NoticesPart() {
  const query = useQuery(noticeSettingsQuery);
  return (
    <QueryContent query={query}>
      {(settings) => <NoticeForm key={settings.version} settings={settings} />}
    </QueryContent>
  );
}

function NoticeForm({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isAdmin = useIsAdmin();
  const client = useQueryClient();
  const [form] = Form.useForm<NoticeFormValues>();
  const saved = readNoticeForm(settings);
  const entered: NoticeFormValues = { ...saved, ...Form.useWatch([], form) };
  const isChanged = JSON.stringify(entered) !== JSON.stringify(saved);
  const [isOnField, setOnField] = useState(false); // the server's objection, beside its field
  const save = useMutation({
    mutationFn: (values: NoticeFormValues) =>
      saveNoticeSettings({ body: buildNoticeBody(values, settings.version) }),
    onSuccess: (latest) => {
      client.setQueryData(noticeSettingsQuery.queryKey, latest);
      void client.invalidateQueries({ queryKey: ['notices'] });
      message.success(t('notices.saved'));
    },
    onError: (error) => setOnField(showFieldErrors(form, error, noticeFieldNames)),
  });
  const submit = (values: Partial<NoticeFormValues>) => {
    setOnField(false);
    save.mutate({ ...saved, ...values });
  };
  const part = { settings, entered, isChanged };
  return (
    <Form<NoticeFormValues>
      form={form}
      name="notices"
      layout="vertical"
      className="om-notice-form"
      initialValues={saved}
      disabled={!isAdmin}
      requiredMark={false}
      onFinish={submit}
    >
      <UnsavedGuard isDirty={() => isChanged} />
      <p className="om-guard-intro">{t('notices.intro')}</p>
      {save.isError && !isOnField && <ProblemNotice error={save.error} />}
      <SendingFields {...part} />
      <WecomFields {...part} />
      <EmailFields {...part} />
      <WebhookFields {...part} form={form} />
      {isAdmin && (
        <div className="om-notice-save">
          <Button type="primary" htmlType="submit" disabled={!isChanged} loading={save.isPending}>
            {t('common.action.save')}
          </Button>
        </div>
      )}
    </Form>
  );
}

import type { WecomSettings } from '@orgmirror/contracts';
import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../../components/unsaved-guard.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { showFieldErrors } from '../../../lib/forms/show-field-errors.ts';
import { ScheduleFields } from './schedule-fields.tsx';
import { ScheduleState } from './schedule-state.tsx';
import { buildSchedule, readScheduleValues, type ScheduleValues } from './schedule-values.ts';
import { useSaveSyncSettings } from './use-save-sync-settings.ts';

const fieldNames = ['hours', 'at', 'weekdays', 'timeZone', 'kind'] as const;

/** 自动同步: the schedule, the next runs, or why none starts. */
export function ScheduleCard({ settings }: { settings: WecomSettings }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isAdmin = useIsAdmin();
  const [form] = Form.useForm<ScheduleValues>();
  const save = useSaveSyncSettings();
  const saved = readScheduleValues(settings.schedule, settings.timeZone);
  const entered: ScheduleValues = { ...saved, ...Form.useWatch([], form) };
  const isChanged =
    entered.timeZone !== saved.timeZone ||
    JSON.stringify(buildSchedule(entered)) !== JSON.stringify(buildSchedule(saved));
  const [isOnField, setOnField] = useState(false); // the server's objection, beside its field

  const submit = (values: Partial<ScheduleValues>) => {
    const chosen = { ...saved, ...values };
    setOnField(false);
    save.mutate(
      { schedule: buildSchedule(chosen), timeZone: chosen.timeZone },
      {
        onSuccess: () => message.success(t('settings.schedule.saved')),
        onError: (error) => setOnField(showFieldErrors(form, error, fieldNames)),
      },
    );
  };
  return (
    <article className="om-card" aria-labelledby="om-schedule-title">
      <UnsavedGuard isOfPage isDirty={() => isChanged} />
      <div className="om-card-head">
        <h2 id="om-schedule-title">{t('settings.schedule.title')}</h2>
      </div>
      <div className="om-card-body">
        <p className="om-guard-intro">{t('settings.schedule.intro')}</p>
        {save.isError && !isOnField && <ProblemNotice error={save.error} />}
        <Form<ScheduleValues>
          form={form}
          name="schedule"
          layout="inline"
          className="om-inline-form"
          initialValues={saved}
          disabled={!isAdmin}
          requiredMark={false}
          onFinish={submit}
        >
          <ScheduleFields form={form} savedTimeZone={settings.timeZone} isDisabled={!isAdmin} />
          {isAdmin && (
            <Button htmlType="submit" disabled={!isChanged} loading={save.isPending}>
              {t('common.action.save')}
            </Button>
          )}
        </Form>
        <ScheduleState settings={settings} />
      </div>
    </article>
  );
}

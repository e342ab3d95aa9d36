import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { TimeInput } from '../../../components/date-inputs.tsx';
import { Select } from '../../../components/select.tsx';
import { ToggleChips } from '../../../components/toggle-chips.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { listTimeZones, type ScheduleValues, scheduleKinds, weekdayNumbers } from './schedule-values.ts';

interface ScheduleFieldsProps {
  kind: ScheduleValues['kind'];
  savedTimeZone: string;
}

/** The kind of schedule, and what that kind needs. */
export function ScheduleFields({ kind, savedTimeZone }: ScheduleFieldsProps) {
  const { t } = useTranslation();
  const isDisabled = !useIsAdmin();
  const required = { required: true, message: t('settings.schedule.required') };
  return (
    <div className="om-field-row">
      <Form.Item name="kind" label={t('settings.schedule.when')}>
        <Select
          disabled={isDisabled}
          options={scheduleKinds.map((value) => ({ value, label: t(`settings.schedule.kind.${value}`) }))}
        />
      </Form.Item>
      {kind === 'everyHours' && (
        <Form.Item
          name="hours"
          label={t('settings.schedule.hours')}
          rules={[{ ...required, message: t('settings.schedule.hoursRange') }]}
        >
          <InputNumber min={1} max={24} precision={0} suffix={t('settings.schedule.hoursUnit')} />
        </Form.Item>
      )}
      {kind === 'weekdays' && (
        <Form.Item
          name="weekdays"
          label={t('settings.schedule.weekdays')}
          rules={[
            { type: 'array' as const, required: true, min: 1, message: t('settings.schedule.noWeekday') },
          ]}
        >
          <ToggleChips
            label={t('settings.schedule.weekdays')}
            isDisabled={isDisabled}
            options={weekdayNumbers.map((value) => ({ value, label: t(`common.weekday.${value}`) }))}
          />
        </Form.Item>
      )}
      {(kind === 'daily' || kind === 'weekdays') && (
        <Form.Item name="at" label={t('settings.schedule.at')} rules={[required]}>
          <TimeInput className="om-time" />
        </Form.Item>
      )}
      <Form.Item name="timeZone" label={t('settings.schedule.timeZone')}>
        <Select
          disabled={isDisabled}
          options={listTimeZones(savedTimeZone).map((value) => ({ value, label: value }))}
        />
      </Form.Item>
    </div>
  );
}

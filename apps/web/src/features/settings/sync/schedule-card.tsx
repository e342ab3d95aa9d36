import type { WecomSettings } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { ScheduleFields } from './schedule-fields.tsx';
import { ScheduleState } from './schedule-state.tsx';
import type { ScheduleValues } from './schedule-values.ts';

interface ScheduleCardProps {
  settings: WecomSettings;
  entered: ScheduleValues;
}

/** 自动同步: the schedule, the next runs, or why none starts. */
export function ScheduleCard({ settings, entered }: ScheduleCardProps) {
  const { t } = useTranslation();
  return (
    <article className="om-card" aria-labelledby="om-schedule-title">
      <div className="om-card-head">
        <h2 id="om-schedule-title">{t('settings.schedule.title')}</h2>
      </div>
      <div className="om-card-body">
        <p className="om-guard-intro">{t('settings.schedule.intro')}</p>
        <ScheduleFields kind={entered.kind} savedTimeZone={settings.timeZone} />
        <ScheduleState settings={settings} />
      </div>
    </article>
  );
}

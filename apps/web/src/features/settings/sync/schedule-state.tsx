import type { WecomSettings } from '@orgmirror/contracts';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../components/notice.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { formatExact, formatInZone, getLocalTimeZone } from '../../../lib/format.ts';
import { useSaveSyncSettings } from './use-save-sync-settings.ts';

/** State of the saved schedule: paused and why, backed off until when, or the next runs. */
export function ScheduleState({ settings }: { settings: WecomSettings }) {
  const { t } = useTranslation();
  const { paused, backOff } = settings.scheduleState;
  return (
    <>
      {paused && <PausedNotice paused={paused} />}
      {backOff && (
        <Notice
          tone="warning"
          title={t('settings.schedule.backOff', {
            count: backOff.failures,
            when: formatExact(backOff.until),
          })}
        >
          <p>
            {backOff.error.title} {backOff.error.detail}
          </p>
        </Notice>
      )}
      {settings.schedule.kind !== 'off' && !settings.syncEnabled && (
        <Notice tone="warning" title={t('settings.schedule.needsSync')} />
      )}
      {!paused && <NextRuns settings={settings} />}
    </>
  );
}

function PausedNotice({ paused }: { paused: NonNullable<WecomSettings['scheduleState']['paused']> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isAdmin = useIsAdmin();
  const save = useSaveSyncSettings();
  const resume = () =>
    save.mutate({ resume: true }, { onSuccess: () => message.success(t('settings.schedule.resumed')) });
  return (
    <>
      <ProblemNotice
        lead={t('settings.schedule.paused')}
        error={paused.error}
        note={<p>{t('settings.schedule.pausedSince', { when: formatExact(paused.since) })}</p>}
        actions={
          isAdmin && (
            <Button onClick={resume} loading={save.isPending}>
              {t('settings.schedule.resume')}
            </Button>
          )
        }
      />
      {save.isError && <ProblemNotice error={save.error} onRetry={resume} />}
    </>
  );
}

function NextRuns({ settings: { scheduleState, schedule, timeZone } }: { settings: WecomSettings }) {
  const { t } = useTranslation();
  if (schedule.kind === 'off') return <p className="om-small-print">{t('settings.schedule.noNextRuns')}</p>;
  if (scheduleState.nextRunsAt.length === 0) return null;
  const localTimeZone = getLocalTimeZone();
  const isElsewhere = localTimeZone !== timeZone;
  return (
    <table className="om-next-runs" aria-label={t('settings.schedule.nextRuns')}>
      <caption>{t('settings.schedule.nextRuns')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('settings.schedule.corpTime', { timeZone })}</th>
          {isElsewhere && (
            <th scope="col">{t('settings.schedule.localTime', { timeZone: localTimeZone })}</th>
          )}
        </tr>
      </thead>
      <tbody>
        {scheduleState.nextRunsAt.map((instant) => (
          <tr key={instant}>
            <td>{formatInZone(instant, timeZone)}</td>
            {isElsewhere && <td>{formatInZone(instant, localTimeZone)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

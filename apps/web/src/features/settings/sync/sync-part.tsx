import type { WecomSettings } from '@orgmirror/contracts';
import { RemovalGuardForm } from './removal-guard-form.tsx';
import { RetentionForm } from './retention-form.tsx';
import { ScheduleCard } from './schedule-card.tsx';

/** 同步与保护: when a sync starts by itself, what it may remove, how long the data of leavers stay. */
export function SyncPart({ settings }: { settings: WecomSettings }) {
  const { schedule, timeZone, removalGuard, retentionDays } = settings;
  return (
    <>
      <ScheduleCard key={JSON.stringify([schedule, timeZone])} settings={settings} />
      <RemovalGuardForm key={JSON.stringify(removalGuard)} guard={removalGuard} />
      <RetentionForm key={retentionDays} retentionDays={retentionDays} />
    </>
  );
}

import {
  type CallbackSettings,
  type ConnectionState,
  defaultRemovalGuard,
  defaultRetentionDays,
  removalGuard,
  schedule,
  type WecomSettings,
} from '@orgmirror/contracts';
import { defaultTimeZone, type SavedConnection } from '../connection/wecom-connection-repository.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentScheduleState } from '../schedule/present-schedule-state.ts';
import { presentLastTest } from './checked-connection.ts';

/**
 * The settings as the API shows them at an instant: never a secret, nulls before the first save. QR sign-in
 * is on only while members can sign in at all.
 */
export function presentWecomSettings(
  saved: SavedConnection | null,
  {
    callback,
    connection,
    signInEnabled,
  }: { callback: CallbackSettings; connection: ConnectionState; signInEnabled: boolean },
  at: Date,
  locale: Locale,
): WecomSettings {
  return {
    corpId: saved?.corp.corpId ?? null,
    agentId: saved ? Number(saved.agentId) : null,
    secretSet: saved !== null,
    secretUpdatedAt: saved?.secretUpdatedAt.toISOString() ?? null,
    syncEnabled: saved?.syncEnabled ?? false,
    qrSignInEnabled: signInEnabled && (saved?.qrSignInEnabled ?? false),
    schedule: saved ? schedule.parse(saved.schedule) : { kind: 'off' },
    timeZone: saved?.timeZone ?? defaultTimeZone,
    scheduleState: saved
      ? presentScheduleState(saved, at, locale)
      : { nextRunsAt: [], paused: null, backOff: null },
    retentionDays: saved?.retentionDays ?? defaultRetentionDays,
    removalGuard: saved ? removalGuard.parse(saved.removalGuard) : defaultRemovalGuard,
    lastTest: presentLastTest(saved?.lastTest ?? null, locale),
    connection,
    callback,
    version: saved?.version ?? 0,
  };
}

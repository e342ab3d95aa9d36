import { isDeepStrictEqual } from 'node:util';
import { type BodyOf, type endpoints, removalGuard, schedule } from '@orgmirror/contracts';
import {
  findConnection,
  type SavedConnection,
  updateSyncSettings,
} from '../connection/wecom-connection-repository.ts';
import { findEnabledProvider } from '../identity/auth-providers/auth-provider-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { Prisma } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { reschedule } from '../schedule/save-schedule.ts';

export type SyncSettingsInput = BodyOf<typeof endpoints.saveSyncSettings>;

/**
 * Saves the switches, the guard, the schedule and the retention; what is left out stays. A schedule that is
 * new, or begins to count again, has its first start in the future.
 * @throws AppError `settings.incomplete` before the connection was saved; `sign_in.unavailable` for QR
 * sign-in while no authentication is enabled
 */
export async function saveSyncSettings(
  { prisma, now }: { prisma: Prisma.TransactionClient; now: Now },
  input: SyncSettingsInput,
): Promise<{ before: SavedConnection; after: SavedConnection }> {
  const before = await findConnection(prisma);
  if (before === null) throw new AppError('settings.incomplete');
  if (input.qrSignInEnabled && (await findEnabledProvider(prisma)) === null)
    throw new AppError('sign_in.unavailable');
  const after = await updateSyncSettings(prisma, {
    ...(input.enabled !== undefined && { syncEnabled: input.enabled }),
    ...(input.qrSignInEnabled !== undefined && { qrSignInEnabled: input.qrSignInEnabled }),
    ...changeGuard(before, input),
    ...(input.retentionDays !== undefined && { retentionDays: input.retentionDays }),
    ...reschedule(before, input, now()),
  });
  return { before, after };
}

/** Plans that wait for approval were judged by the guard as it was: another one makes them stale. */
function changeGuard(
  saved: SavedConnection,
  input: SyncSettingsInput,
): Prisma.WecomConnectionUpdateManyMutationInput {
  const current = removalGuard.parse(saved.removalGuard);
  const wanted = removalGuard.parse({ ...current, ...input.removalGuard });
  return isDeepStrictEqual(wanted, current) ? {} : { removalGuard: wanted, planVersion: { increment: 1 } };
}

/** What the audit log keeps of them. */
export const describeSyncSettings = (saved: SavedConnection): Prisma.InputJsonObject => ({
  enabled: saved.syncEnabled,
  qrSignInEnabled: saved.qrSignInEnabled,
  removalGuard: removalGuard.parse(saved.removalGuard),
  schedule: schedule.parse(saved.schedule),
  timeZone: saved.timeZone,
  retentionDays: saved.retentionDays,
});

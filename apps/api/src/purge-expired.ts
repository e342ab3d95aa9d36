import { purgeAttributeImports } from './attributes/import-repository.ts';
import { purgeAuditEntries } from './audit/purge-entries.ts';
import type { Dependencies } from './dependencies.ts';
import { eraseLeavers } from './directory/retention/erase-leavers.ts';
import { purgeExpiredEvents } from './events/purge-expired-events.ts';
import { purgeExports } from './exports/purge-exports.ts';
import { purgeExpiredResets } from './identity/accounts/password-reset.ts';
import { purgeEndedSessions } from './identity/sessions/session-service.ts';
import { purgeExpiredAttempts } from './identity/sign-in/sign-in-throttle.ts';
import { purgeNotices } from './notices/purge-notices.ts';

const purges = [
  purgeExpiredEvents,
  eraseLeavers,
  purgeExpiredAttempts,
  purgeExpiredResets,
  purgeEndedSessions,
  purgeAuditEntries,
  purgeNotices,
  purgeExports,
  purgeAttributeImports,
] as const;

/**
 * Deletes what is past its retention, kind by kind.
 * @throws AggregateError when some could not be purged, after all were tried
 */
export async function purgeExpired(dependencies: Dependencies): Promise<void> {
  const failures: unknown[] = [];
  for (const purge of purges)
    await purge(dependencies).catch((error: unknown) =>
      failures.push(new Error(purge.name, { cause: error })),
    );
  if (failures.length > 0) throw new AggregateError(failures);
}

import type { SyncRun } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';

/** Whom a reason of the guard means, by name; runs of earlier releases have the userids alone. */
export function listHeldMembers(
  { keys, members }: SyncRun['heldReasons'][number],
  t: TFunction,
): string | undefined {
  const names = members?.map(({ name, wecomUserId }) =>
    t('history.held.member', { name, userId: wecomUserId }),
  );
  return (names ?? keys)?.join(t('common.listSeparator'));
}

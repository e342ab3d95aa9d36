import type { SyncRun } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { wecomSettingsQuery } from '../../entities/settings/wecom-settings-query.ts';
import { translateCode } from '../../i18n/translate-code.ts';
import { listHeldMembers } from './list-held-members.ts';

const limited: Partial<Record<string, 'members' | 'departments'>> = {
  'guard.members_over_limit': 'members',
  'guard.departments_over_limit': 'departments',
};

/**
 * Why removals wait, a line each. What the guard counts is more than this run's removals when earlier ones
 * lie within its window: then it says how many. A plan is void once the guard changes, so the window of the
 * settings is its own.
 */
export function HeldReasons({ run }: { run: Pick<SyncRun, 'heldReasons' | 'counts'> }) {
  const { t } = useTranslation();
  const { data: settings } = useQuery(wecomSettingsQuery);
  const describeEarlier = (code: string, count = 0): string => {
    const entity = limited[code];
    const earlier = entity === undefined ? 0 : count - run.counts[entity].remove;
    if (entity === undefined || earlier <= 0 || settings === undefined) return '';
    return t(`history.held.earlier.${entity}`, { count: earlier, hours: settings.removalGuard.windowHours });
  };
  return run.heldReasons.map((reason) => {
    const { code, count, limit } = reason;
    return (
      <p key={code}>
        {translateCode('history.held.reason', code, { count, limit, members: listHeldMembers(reason, t) }) ??
          t('history.held.reason.other', { code })}{' '}
        {describeEarlier(code, count)}
      </p>
    );
  });
}

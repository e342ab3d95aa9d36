import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';

const entities = ['departments', 'members', 'memberships'] as const;

/**
 * Changes that a full run found and no event had announced. Renders nothing when not counted or for a partial
 * read.
 */
export function RunDrift({ run }: { run: Pick<SyncRun, 'drift' | 'complete'> }) {
  const { t } = useTranslation();
  const { drift } = run;
  if (drift === null || run.complete === false) return null;
  const total = countDrift(drift);
  if (total === 0) return <Notice tone="success" title={t('history.drift.none')} />;
  const parts = entities
    .filter((entity) => drift[entity] > 0)
    .map((entity) => t(`history.drift.${entity}`, { count: drift[entity] }));
  return (
    <Notice tone="info" title={t('history.drift.found', { count: total })}>
      <p>
        {parts.join(t('common.listSeparator'))}
        {t('common.sentenceEnd')} {t('history.drift.why')}
      </p>
    </Notice>
  );
}

/** Total number of changes that no event had announced. */
export const countDrift = ({ departments, members, memberships }: NonNullable<SyncRun['drift']>): number =>
  departments + members + memberships;

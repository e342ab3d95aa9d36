import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';

const entities = ['departments', 'members', 'memberships'] as const;

/** What a full run found that no event had brought. Nothing where that was not counted, or not from a whole read. */
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

/** All that no event had brought, together. */
export const countDrift = ({ departments, members, memberships }: NonNullable<SyncRun['drift']>): number =>
  departments + members + memberships;

import type { SyncRunCounts } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';

const entities = ['departments', 'members', 'memberships'] as const;
const kinds = ['create', 'update', 'move', 'remove', 'restore'] as const;

/** "Departments 3 added, 1 moved · Members 12 updated", only what is not zero. */
export function RunSummary({ counts }: { counts: SyncRunCounts }) {
  const { t } = useTranslation();
  const parts = entities.flatMap((entity) => {
    const byKind: Partial<Record<(typeof kinds)[number], number>> = counts[entity];
    const words = kinds.flatMap((kind) => {
      const count = byKind[kind] ?? 0;
      return count > 0 ? [t(`sync.summary.${kind}`, { count })] : [];
    });
    return words.length > 0 ? [{ entity, words }] : [];
  });
  if (parts.length === 0) return <span className="om-quiet">{t('sync.summary.none')}</span>;
  return (
    <span className="om-summary">
      {parts.map(({ entity, words }) => (
        <span key={entity}>
          <b>{t(`sync.summary.${entity}`)}</b> {words.join(' · ')}
        </span>
      ))}
    </span>
  );
}

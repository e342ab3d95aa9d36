import type { SyncRunCounts } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';

const entities = ['departments', 'members', 'memberships'] as const;
const kinds = ['create', 'update', 'move', 'remove', 'restore'] as const;

/** What an undo does, in numbers: the reverse of what was applied. */
export function UndoEffect({ counts }: { counts: SyncRunCounts }) {
  const { t } = useTranslation();
  return (
    <ul className="om-undo-effect">
      {entities.flatMap((entity) => {
        const byKind: Partial<Record<(typeof kinds)[number], number>> = counts[entity];
        const words = kinds.flatMap((kind) => {
          const count = byKind[kind] ?? 0;
          return count > 0 ? [t(`history.undo.effect.${kind}`, { count })] : [];
        });
        return words.length === 0
          ? []
          : [
              <li key={entity}>
                <b>{t(`sync.summary.${entity}`)}</b> {words.join(' · ')}
              </li>,
            ];
      })}
    </ul>
  );
}

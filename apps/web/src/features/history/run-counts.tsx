import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';

const entities = ['departments', 'members', 'memberships'] as const;
const kinds = ['create', 'update', 'move', 'remove', 'restore'] as const;

/** Changes by object and kind, held removals beside the removals. */
export function RunCounts({ counts, held }: Pick<SyncRun, 'counts' | 'held'>) {
  const { t } = useTranslation();
  const heldOf: Partial<Record<(typeof entities)[number], number>> = held;
  return (
    <div className="om-counts-box">
      <table className="om-counts">
        <thead>
          <tr>
            <td />
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {t(`history.kind.${kind}`)}
              </th>
            ))}
            <th scope="col">{t('history.changes.held')}</th>
          </tr>
        </thead>
        <tbody>
          {entities.map((entity) => {
            const byKind: Partial<Record<(typeof kinds)[number], number>> = counts[entity];
            return (
              <tr key={entity}>
                <th scope="row">{t(`sync.summary.${entity}`)}</th>
                {kinds.map((kind) => (
                  <Count key={kind} value={byKind[kind]} />
                ))}
                <Count value={heldOf[entity]} isHeld />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Count({ value, isHeld = false }: { value: number | undefined; isHeld?: boolean }) {
  if (value === undefined) return <td />;
  const className = value === 0 ? 'om-zero' : isHeld ? 'om-held' : undefined;
  return <td className={className}>{value.toLocaleString('en-US')}</td>;
}

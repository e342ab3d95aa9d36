import type { SyncRun } from '@orgmirror/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listSyncChanges } from '../../lib/api/sync-runs.ts';

const maxNames = 5;

/** The first held removals, members before departments. */
const heldNamesQuery = (runId: string, entity: 'member' | 'department') =>
  queryOptions({
    queryKey: ['sync-runs', 'changes', runId, 'held-names', entity],
    queryFn: async ({ signal }) => {
      const query = { limit: maxNames, entity, kind: 'remove', held: 'true' } as const;
      const { items } = await listSyncChanges({ params: { id: runId }, query }, signal);
      return items.map(({ name }) => name);
    },
  });

/** Names of held members and departments, up to five; renders nothing until they are loaded. */
export function HeldNames({ run: { id, held } }: { run: Pick<SyncRun, 'id' | 'held'> }) {
  const { t } = useTranslation();
  const entity = held.members > 0 ? 'member' : 'department';
  const { data: names = [] } = useQuery(heldNamesQuery(id, entity));
  if (names.length === 0) return null;
  const isMore = held.members + held.departments > names.length;
  const list = names.join(t('common.listSeparator'));
  return <p>{isMore ? t('sync.result.heldNamesMore', { names: list }) : list}</p>;
}

import type { SyncChange, SyncRun } from '@orgmirror/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { NothingMatches } from '../../components/nothing-matches.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { FieldChanges } from '../../entities/changes/field-changes.tsx';
import { listSyncChanges } from '../../lib/api/sync-runs.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { ChangeFilterBar } from './change-filter-bar.tsx';
import { type ChangeFilters, noFilters, toChangeQuery } from './change-filters.ts';

const changesQuery = (runId: string, status: string, filters: ChangeFilters, cursor: string | undefined) => {
  const query = { limit: 50, ...toChangeQuery(filters), ...(cursor !== undefined && { cursor }) };
  return queryOptions({
    // The status is part of the key: the list fills when the comparison is done, and again when it is
    // applied.
    queryKey: ['sync-runs', 'changes', runId, status, query],
    queryFn: ({ signal }) => listSyncChanges({ params: { id: runId }, query }, signal),
    placeholderData: keepPreviousData,
  });
};

/** What the run changes or changed, field by field. */
export function ChangeList({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const [filters, setFilters] = useState(noFilters);
  const q = useDebounced(filters.q.trim(), 300);
  const appliedFilters = { ...filters, q };
  const pages = useCursorPages(JSON.stringify(appliedFilters));
  const isPending = run.status === 'queued' || run.status === 'reading' || run.status === 'planning';
  const query = useQuery({
    ...changesQuery(run.id, run.status, appliedFilters, pages.cursor),
    enabled: !isPending,
  });
  if (isPending) return <p className="om-card-body om-quiet">{t('history.changes.pending')}</p>;
  const isFiltered = JSON.stringify(appliedFilters) !== JSON.stringify(noFilters);
  return (
    <>
      <ChangeFilterBar run={run} filters={filters} appliedFilters={appliedFilters} onChange={setFilters} />
      <QueryContent query={query}>
        {({ items, nextCursor }) => {
          if (items.length === 0 && isFiltered)
            return <NothingMatches onClear={() => setFilters(noFilters)} />;
          if (items.length === 0)
            return <PageState title={t('history.changes.none')} detail={describeNoChanges(run, t)} />;
          return (
            <>
              <DataTable
                label={t('history.detail.changes')}
                columns={buildColumns(t)}
                rows={items}
                rowKey={({ entity, key, kind }) => `${entity}/${key}/${kind}`}
                isStale={query.isPlaceholderData}
              />
              <PagesPager pages={pages} nextCursor={nextCursor} />
            </>
          );
        }}
      </QueryContent>
    </>
  );
}

function describeNoChanges(run: SyncRun, t: TFunction): string {
  if (run.error !== null) return '';
  return t(run.complete === false ? 'history.changes.noneOfPartialRead' : 'history.changes.noneDetail');
}

const kindTones = {
  create: 'success',
  restore: 'success',
  update: 'info',
  move: 'info',
  remove: 'error',
} as const;

const buildColumns = (t: TFunction): Column<SyncChange>[] => [
  {
    key: 'kind',
    title: t('history.changes.kind'),
    width: '140px',
    render: ({ entity, kind, held }) => (
      <span className="om-change-kind">
        <span className={`om-tag om-tag-${kindTones[kind]}`}>{t(`history.kind.${kind}`)}</span>
        <span className="om-quiet">{t(`history.entity.${entity}`)}</span>
        {held && <span className="om-tag om-tag-warning">{t('history.changes.held')}</span>}
      </span>
    ),
  },
  {
    key: 'name',
    title: t('history.changes.name'),
    width: '28%',
    render: ({ name, key }) => (
      <>
        <div>{name}</div>
        <code className="om-quiet">{key}</code>
      </>
    ),
  },
  {
    key: 'fields',
    title: t('history.changes.fields'),
    render: ({ before, after }) => <FieldChanges before={before} after={after} />,
  },
];

import type { SyncRun, SyncRunStatus } from '@orgmirror/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { FilterChips } from '../../components/filter-chips.tsx';
import { NothingMatches } from '../../components/nothing-matches.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { describeUnread } from '../../entities/runs/partial-read.tsx';
import { activePollIntervalMs } from '../../entities/runs/run-queries.ts';
import { isActiveRun } from '../../entities/runs/run-states.ts';
import { RunStatusTag } from '../../entities/runs/run-status-tag.tsx';
import { RunSummary } from '../../entities/runs/run-summary.tsx';
import { listSyncRuns } from '../../lib/api/sync-runs.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import { countDrift } from './run-drift.tsx';
import { RunDuration } from './run-duration.tsx';
import './history.css';

const filters = ['succeeded', 'awaitingApproval', 'failed', 'cancelled', 'rejected'] as const;
type Filter = (typeof filters)[number] | 'all';

const runsQuery = (status: SyncRunStatus | undefined, cursor: string | undefined) => {
  const query = { limit: 50, ...(status && { status }), ...(cursor !== undefined && { cursor }) };
  return queryOptions({
    queryKey: ['sync-runs', 'list', query],
    queryFn: ({ signal }) => listSyncRuns({ query }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isActiveRun) ? activePollIntervalMs * 2 : false),
  });
};

/** 同步记录: every run, newest first. */
export function RunListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const filter: Filter = filters.find((status) => status === search.get('status')) ?? 'all';
  const pages = useCursorPages(filter);
  const query = useQuery(runsQuery(filter === 'all' ? undefined : filter, pages.cursor));
  const choose = (next: Filter) => setSearch(next === 'all' ? {} : { status: next });
  return (
    <>
      <PageHeader title={t('history.title')} />
      <div className="om-card">
        <div className="om-list-filters">
          <FilterChips<Filter>
            label={t('history.filterStatus')}
            value={filter}
            options={[
              { value: 'all', label: t('history.allStatuses') },
              ...filters.map((value) => ({ value, label: t(`sync.status.${value}`) })),
            ]}
            onChange={choose}
          />
        </div>
        <QueryContent query={query}>
          {({ items, nextCursor }) => {
            if (items.length === 0 && filter !== 'all')
              return <NothingMatches onClear={() => choose('all')} />;
            if (items.length === 0) return <NoRuns />;
            return (
              <>
                <DataTable
                  label={t('history.title')}
                  columns={buildColumns(t)}
                  rows={items}
                  rowKey={({ id }) => id}
                  onRowClick={({ id }) => void navigate(`/system/sync-runs/${id}`)}
                  isStale={query.isPlaceholderData}
                />
                <PagesPager pages={pages} nextCursor={nextCursor} />
              </>
            );
          }}
        </QueryContent>
      </div>
    </>
  );
}

function NoRuns() {
  const { t } = useTranslation();
  return (
    <PageState
      title={t('history.empty.title')}
      detail={t('history.empty.detail')}
      action={<Link to="/system/org">{t('common.state.toOrg')}</Link>}
    />
  );
}

const buildColumns = (t: TFunction): Column<SyncRun>[] => [
  {
    key: 'startedAt',
    title: t('history.column.startedAt'),
    render: ({ id, startedAt }) => (
      <Link className="om-nowrap" to={`/system/sync-runs/${id}`}>
        <RelativeTime instant={startedAt} />
      </Link>
    ),
  },
  {
    key: 'status',
    title: t('history.column.status'),
    render: (run) => <RunStatusTag run={run} />,
  },
  {
    key: 'trigger',
    title: t('history.column.trigger'),
    render: ({ mode, trigger, scope }) => (
      <span className="om-nowrap">
        {t(`history.mode.${mode}`)} · {t(`history.trigger.${trigger}`)}
        {scope === 'targeted' && ` · ${t('history.scope.targeted')}`}
      </span>
    ),
  },
  {
    key: 'startedBy',
    title: t('history.column.startedBy'),
    render: ({ startedBy }) => startedBy ?? t('history.system'),
  },
  {
    key: 'duration',
    title: t('history.column.duration'),
    isNumeric: true,
    render: (run) => <RunDuration run={run} />,
  },
  {
    key: 'summary',
    title: t('history.column.summary'),
    minWidth: '260px',
    render: ({ counts, error, drift, complete, manifest }) =>
      error ? (
        <span className="om-quiet">{error.title}</span>
      ) : (
        <>
          <RunSummary counts={counts} />
          {complete === false && manifest && (
            <div className="om-small-print">{describeUnread(manifest, t)}</div>
          )}
          {drift !== null && complete !== false && countDrift(drift) > 0 && (
            <div className="om-small-print">{t('history.drift.found', { count: countDrift(drift) })}</div>
          )}
        </>
      ),
  },
];

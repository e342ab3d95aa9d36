import type { SyncRun } from '@orgmirror/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { NothingMatches } from '../../components/nothing-matches.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { activePollIntervalMs } from '../../entities/runs/run-queries.ts';
import { isActiveRun } from '../../entities/runs/run-states.ts';
import { useIsCompact } from '../../entities/session/use-preferences.ts';
import { listSyncRuns } from '../../lib/api/sync-runs.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import { foldRuns } from './fold-runs.ts';
import { RunDurations } from './run-durations.tsx';
import { RunFilterBar } from './run-filter-bar.tsx';
import {
  formatRunFilters,
  isUnfiltered,
  type RunFilters,
  readRunFilters,
  toRunQuery,
} from './run-filters.ts';
import { FoldedRuns, RunRow } from './run-row.tsx';
import './history.css';
import './run-list.css';

const pageSize = 100;

const runsQuery = (filters: RunFilters, cursor: string | undefined) => {
  const query = { limit: pageSize, ...toRunQuery(filters), ...(cursor !== undefined && { cursor }) };
  return queryOptions({
    queryKey: ['sync-runs', 'list', query],
    queryFn: ({ signal }) => listSyncRuns({ query }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isActiveRun) ? activePollIntervalMs * 2 : false),
  });
};

/** 同步记录: every run, newest first; quiet ones that events started are folded by the hour. */
export function RunListPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const filters = readRunFilters(search);
  const pages = useCursorPages(JSON.stringify(filters));
  const query = useQuery(runsQuery(filters, pages.cursor));
  const change = (next: RunFilters) => setSearch(formatRunFilters(next), { replace: true });
  return (
    <>
      <PageHeader title={t('history.title')} />
      <div className="om-card">
        <RunFilterBar filters={filters} onChange={change} />
        <QueryContent query={query}>
          {({ items, nextCursor }) => {
            if (items.length === 0)
              return isUnfiltered(filters) ? (
                <NoRuns />
              ) : (
                <NothingMatches onClear={() => setSearch(new URLSearchParams())} />
              );
            return (
              <>
                <RunDurations runs={items} />
                <RunRows runs={items} isStale={query.isPlaceholderData} />
                {(nextCursor !== null || pages.page > 1) && (
                  <PagesPager pages={pages} nextCursor={nextCursor} />
                )}
              </>
            );
          }}
        </QueryContent>
      </div>
    </>
  );
}

function RunRows({ runs, isStale }: { runs: readonly SyncRun[]; isStale: boolean }) {
  const { t } = useTranslation();
  const look = ['om-runs', useIsCompact() && 'om-runs-compact', isStale && 'om-table-stale'];
  return (
    <ul className={look.filter(Boolean).join(' ')} aria-label={t('history.title')} aria-busy={isStale}>
      {foldRuns(runs).map((row) =>
        'runs' in row ? (
          <FoldedRuns key={row.runs[0].id} runs={row.runs} />
        ) : (
          <RunRow key={row.id} run={row} />
        ),
      )}
    </ul>
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

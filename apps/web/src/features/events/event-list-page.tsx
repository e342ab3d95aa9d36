import type { WecomEvent } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { NothingMatches } from '../../components/nothing-matches.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useIsCompact } from '../../entities/session/use-preferences.ts';
import { useExpectsEvents } from '../../entities/settings/use-expects-events.ts';
import { formatDuration } from '../../lib/format.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import { EventDrawer } from './event-drawer.tsx';
import { EventFilterBar } from './event-filter-bar.tsx';
import { hasEventFilters, readEventFilters } from './event-filters.ts';
import { EventObject, EventStatusTag, getEventName, measureDelay, useEventKind } from './event-labels.tsx';
import { eventHealthQuery, eventsQuery } from './events-query.ts';
import { ReplayButton } from './replay-button.tsx';
import './events.css';

/** 事件记录: what WeCom sent, newest first. The address holds the filters and the open event. */
export function EventListPage() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const describeKind = useEventKind();
  const [params, setParams] = useSearchParams();
  const filters = readEventFilters(params);
  const pages = useCursorPages(JSON.stringify(filters));
  const expectsEvents = useExpectsEvents();
  const query = useQuery(eventsQuery(filters, pages.cursor, expectsEvents));
  const change = (name: string, value: string | null, replace: boolean) =>
    setParams(
      (current) => {
        if (value) current.set(name, value);
        else current.delete(name);
        return current;
      },
      { replace },
    );
  const open = (id: string) => change('event', id, false);
  const openId = params.get('event');
  const isCompact = useIsCompact();
  return (
    <>
      <PageHeader title={t('events.title')} note={t('events.intro')} />
      <div className="om-card">
        <EventHealthLine expectsEvents={expectsEvents} />
        <EventFilterBar filters={filters} onChange={(name, value) => change(name, value, name === 'q')} />
        <QueryContent query={query}>
          {({ items, nextCursor }) => {
            if (items.length === 0 && hasEventFilters(filters))
              return <NothingMatches onClear={() => setParams({})} />;
            if (items.length === 0) return <NoEvents />;
            return (
              <>
                <DataTable
                  label={t('events.title')}
                  columns={buildColumns({ t, describeKind, open, isAdmin })}
                  rows={items}
                  rowKey={({ id }) => id}
                  onRowClick={({ id }) => open(id)}
                  isRowSelected={({ id }) => id === openId}
                  isCompact={isCompact}
                  isStale={query.isPlaceholderData}
                />
                <PagesPager pages={pages} nextCursor={nextCursor} />
              </>
            );
          }}
        </QueryContent>
      </div>
      <EventDrawer
        id={openId}
        listed={query.data?.items.find(({ id }) => id === openId)}
        onClose={() => change('event', null, true)}
      />
    </>
  );
}

/** What came in the last 24 hours and what became of it. */
function EventHealthLine({ expectsEvents }: { expectsEvents: boolean }) {
  const { t } = useTranslation();
  const { data: health } = useQuery(eventHealthQuery(expectsEvents));
  if (health === undefined || health.received === 0) return null;
  const { received, waiting, failed, medianDelayMs } = health;
  return (
    <p className="om-event-health">
      {t('events.health.received', { count: received })}
      {failed > 0 && <strong>{t('events.health.failed', { count: failed })}</strong>}
      {waiting > 0 && t('events.health.waiting', { count: waiting })}
      {medianDelayMs !== null && t('events.health.delay', { delay: formatDuration(medianDelayMs) })}
    </p>
  );
}

function NoEvents() {
  const { t } = useTranslation();
  return (
    <PageState
      title={t('events.empty.title')}
      detail={t('events.empty.detail')}
      action={<Link to="/system/enterprise/events">{t('events.empty.action')}</Link>}
    />
  );
}

interface ColumnsInput {
  t: TFunction;
  describeKind: ReturnType<typeof useEventKind>;
  open: (id: string) => void;
  isAdmin: boolean;
}

const buildColumns = ({ t, describeKind, open, isAdmin }: ColumnsInput): Column<WecomEvent>[] => [
  {
    key: 'receivedAt',
    title: t('events.column.receivedAt'),
    render: ({ receivedAt }) => (
      <span className="om-nowrap">
        <RelativeTime instant={receivedAt} />
      </span>
    ),
  },
  {
    key: 'kind',
    title: t('events.column.kind'),
    render: (event) => (
      <span className="om-event-kind">
        <button
          type="button"
          className="om-link-button"
          aria-label={t('events.detail.open', { kind: describeKind(event) })}
          onClick={() => open(event.id)}
        >
          {describeKind(event)}
        </button>
        <code className="om-quiet">{getEventName(event)}</code>
      </span>
    ),
  },
  {
    key: 'object',
    title: t('events.column.object'),
    render: (event) => <EventObject {...event} />,
  },
  {
    key: 'status',
    title: t('events.column.status'),
    render: (event) => (
      <span className="om-event-state">
        <EventStatusTag status={event.status} />
        {event.error && <span className="om-small-print">{event.error.title}</span>}
        {isAdmin && event.status === 'failed' && <ReplayButton id={event.id} />}
      </span>
    ),
  },
  {
    key: 'delay',
    title: t('events.column.delay'),
    render: (event) => {
      const delayMs = measureDelay(event);
      return (
        <span className="om-nowrap om-quiet">
          {delayMs === null ? t('common.value.none') : formatDuration(delayMs)}
        </span>
      );
    },
  },
  {
    key: 'source',
    title: t('events.column.source'),
    render: ({ source }) => <span className="om-nowrap">{t(`events.source.${source}`)}</span>,
  },
  {
    key: 'run',
    title: t('events.column.run'),
    render: ({ runId }) =>
      runId === null ? (
        <span className="om-quiet">{t('common.value.none')}</span>
      ) : (
        <Link className="om-nowrap" to={`/system/sync-runs/${runId}`}>
          {t('events.openRun')}
        </Link>
      ),
  },
];

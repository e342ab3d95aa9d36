import { DownloadOutlined } from '@ant-design/icons';
import type { AuditEntry, ExportFormat } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { MenuButton } from '../../components/menu-button.tsx';
import { NothingMatches } from '../../components/nothing-matches.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useExportItems } from '../../entities/exports/use-export-items.ts';
import type { ExportRequest } from '../../entities/exports/use-start-export.ts';
import { useIsCompact } from '../../entities/session/use-preferences.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import { AuditDrawer } from './audit-drawer.tsx';
import { AuditFilterBar } from './audit-filter-bar.tsx';
import { type AuditFilters, hasAuditFilters, readAuditFilters, toAuditQuery } from './audit-filters.ts';
import { auditQuery } from './audit-query.ts';
import { AuditResult } from './audit-result.tsx';
import { AuditSentence } from './audit-sentence.tsx';
import './audit.css';

/** Filters that are typed: their letters are no steps of the history. */
const typed: readonly string[] = ['actor', 'target'];

/** 操作日志: who did what, newest first. The address holds the filters and the open entry. */
export function AuditPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const filters = readAuditFilters(params);
  const pages = useCursorPages(JSON.stringify(filters));
  const query = useQuery(auditQuery(filters, pages.cursor));
  const listExports = useExportItems();
  const change = (name: string, value: string, replace: boolean) =>
    setParams(
      (current) => {
        if (value === '') current.delete(name);
        else current.set(name, value);
        return current;
      },
      { replace },
    );
  const open = (id: string) => change('entry', id, false);
  const openId = params.get('entry');
  const isCompact = useIsCompact();
  return (
    <>
      <PageHeader
        title={t('audit.title')}
        note={t('audit.intro')}
        extra={
          <MenuButton
            icon={<DownloadOutlined />}
            menu={{ items: listExports((format) => toExportRequest(format, filters)) }}
          >
            {t('audit.export')}
          </MenuButton>
        }
      />
      <div className="om-card">
        <AuditFilterBar
          filters={filters}
          onChange={(name, value) => change(name, value, typed.includes(name))}
        />
        <QueryContent query={query}>
          {({ items, nextCursor, total, totalExact }) => {
            if (items.length === 0 && hasAuditFilters(filters))
              return <NothingMatches onClear={() => setParams({})} />;
            if (items.length === 0)
              return <PageState title={t('audit.empty.title')} detail={t('audit.empty.detail')} />;
            return (
              <>
                <DataTable
                  label={t('audit.title')}
                  columns={buildColumns({ t, open, onActor: (actor) => change('actor', actor, false) })}
                  rows={items}
                  rowKey={({ id }) => id}
                  onRowClick={({ id }) => open(id)}
                  isRowSelected={({ id }) => id === openId}
                  isCompact={isCompact}
                  isStale={query.isPlaceholderData}
                />
                <PagesPager pages={pages} nextCursor={nextCursor} total={total} isTotalExact={totalExact} />
              </>
            );
          }}
        </QueryContent>
      </div>
      <AuditDrawer
        entry={query.data?.items.find(({ id }) => id === openId)}
        onClose={() => change('entry', '', true)}
      />
    </>
  );
}

const toExportRequest = (format: ExportFormat, filters: AuditFilters): ExportRequest => ({
  list: 'audit',
  format,
  ...(hasAuditFilters(filters) && { filter: toAuditQuery(filters) }),
});

interface ColumnsInput {
  t: TFunction;
  open: (id: string) => void;
  onActor: (actor: string) => void;
}

const buildColumns = ({ t, open, onActor }: ColumnsInput): Column<AuditEntry>[] => [
  {
    key: 'at',
    title: t('audit.column.at'),
    width: '140px',
    render: ({ at }) => (
      <span className="om-nowrap">
        <RelativeTime instant={at} />
      </span>
    ),
  },
  {
    key: 'what',
    title: t('audit.column.what'),
    render: (entry) => <AuditSentence entry={entry} onActor={onActor} />,
  },
  {
    key: 'result',
    title: t('audit.column.result'),
    width: '90px',
    render: ({ result }) => <AuditResult result={result} />,
  },
  {
    key: 'ip',
    title: t('audit.column.ip'),
    width: '150px',
    render: ({ ip }) => (ip === null ? t('common.value.none') : <code>{ip}</code>),
  },
  {
    key: 'details',
    title: '',
    width: '80px',
    render: ({ id }) => (
      <Button type="link" size="small" onClick={() => open(id)}>
        {t('audit.details')}
      </Button>
    ),
  },
];

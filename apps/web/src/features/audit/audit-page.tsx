import type { AuditEntry } from '@orgmirror/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { FieldChanges } from '../../entities/changes/field-changes.tsx';
import { translateCode } from '../../i18n/translate-code.ts';
import { listAuditEntries } from '../../lib/api/audit.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import { nameAuditedFields } from './name-audited-fields.ts';

const auditQuery = (cursor: string | undefined) => {
  const query = { limit: 50, ...(cursor !== undefined && { cursor }) };
  return queryOptions({
    queryKey: ['audit', query],
    queryFn: ({ signal }) => listAuditEntries({ query }, signal),
    placeholderData: keepPreviousData,
  });
};

/** 操作日志: who did what, newest first. */
export function AuditPage() {
  const { t } = useTranslation();
  const pages = useCursorPages('');
  const query = useQuery(auditQuery(pages.cursor));
  return (
    <>
      <PageHeader title={t('audit.title')} />
      <div className="om-card">
        <QueryContent query={query}>
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <PageState title={t('audit.empty.title')} detail={t('audit.empty.detail')} />
            ) : (
              <>
                <DataTable
                  label={t('audit.title')}
                  columns={buildColumns(t)}
                  rows={items}
                  rowKey={({ id }) => id}
                  isStale={query.isPlaceholderData}
                />
                <PagesPager pages={pages} nextCursor={nextCursor} />
              </>
            )
          }
        </QueryContent>
      </div>
    </>
  );
}

const buildColumns = (t: TFunction): Column<AuditEntry>[] => [
  {
    key: 'at',
    title: t('audit.column.at'),
    render: ({ at }) => (
      <span className="om-nowrap">
        <RelativeTime instant={at} />
      </span>
    ),
  },
  { key: 'actor', title: t('audit.column.actor'), render: ({ actor }) => actor ?? t('audit.system') },
  {
    key: 'action',
    title: t('audit.column.action'),
    render: ({ action }) => (
      <span className="om-nowrap">{translateCode('audit.action', action) ?? <code>{action}</code>}</span>
    ),
  },
  {
    key: 'target',
    title: t('audit.column.target'),
    render: ({ target }) => (target === null ? t('common.value.none') : <code>{target}</code>),
  },
  {
    key: 'result',
    title: t('audit.column.result'),
    render: ({ result }) => (
      <span className={`om-tag om-tag-${result === 'succeeded' ? 'success' : 'error'}`}>
        {t(`audit.result.${result}`)}
      </span>
    ),
  },
  {
    key: 'change',
    title: t('audit.column.change'),
    minWidth: '260px',
    render: (entry) =>
      entry.before === null && entry.after === null ? (
        t('common.value.none')
      ) : (
        <FieldChanges
          before={nameAuditedFields(entry, entry.before)}
          after={nameAuditedFields(entry, entry.after)}
          isNullUnset
        />
      ),
  },
  {
    key: 'ip',
    title: t('audit.column.ip'),
    render: ({ ip }) => (ip === null ? t('common.value.none') : <code>{ip}</code>),
  },
];

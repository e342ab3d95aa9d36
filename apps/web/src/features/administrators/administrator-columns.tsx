import type { Administrator } from '@orgmirror/contracts';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { Link } from 'react-router-dom';
import type { Column } from '../../components/data-table.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatMoment } from '../../lib/format.ts';
import type { useAccountActions } from './use-account-actions.ts';

type Actions = ReturnType<typeof useAccountActions>;

export const buildColumns = (t: TFunction, actions: Actions): Column<Administrator>[] => [
  {
    key: 'name',
    title: t('administrators.column.name'),
    render: (row) => (
      <>
        <strong>{row.displayName}</strong>{' '}
        {row.wecomUserId !== null && <code className="om-quiet">{row.wecomUserId}</code>}
        {actions.isOwn(row) && <span className="om-tag">{t('administrators.you')}</span>}
      </>
    ),
  },
  {
    key: 'role',
    title: t('administrators.column.role'),
    render: ({ role }) => t(`common.role.${role}`),
  },
  {
    key: 'way',
    title: t('administrators.column.way'),
    render: ({ kind }) => t(`administrators.way.${kind}`),
  },
  {
    key: 'state',
    title: t('administrators.column.state'),
    render: ({ enabled, resetUntil }) => (
      <>
        <span className={`om-tag om-tag-${enabled ? 'success' : 'warning'}`}>
          {t(enabled ? 'administrators.enabled' : 'administrators.disabled')}
        </span>
        {resetUntil !== null && (
          <div className="om-small-print">
            {t('administrators.linkUntil', { when: formatMoment(resetUntil) })}
          </div>
        )}
      </>
    ),
  },
  {
    key: 'lastSeen',
    title: t('administrators.column.lastSeen'),
    render: ({ lastSeenAt }) =>
      lastSeenAt === null ? (
        <span className="om-quiet">{t('administrators.neverSeen')}</span>
      ) : (
        <RelativeTime instant={lastSeenAt} />
      ),
  },
  {
    key: 'actions',
    title: t('administrators.column.actions'),
    render: (row) => <RowActions t={t} row={row} actions={actions} />,
  },
];

function RowActions({ t, row, actions }: { t: TFunction; row: Administrator; actions: Actions }) {
  if (row.wecomUserId !== null)
    return (
      <Link to={`/system/org?member=${encodeURIComponent(row.wecomUserId)}`}>
        {t('administrators.toMember')}
      </Link>
    );
  if (actions.isOwn(row)) return <Link to="/me">{t('administrators.toOwn')}</Link>;
  return (
    <span className="om-administrator-actions">
      {row.enabled && (
        <>
          <Button size="small" onClick={() => actions.confirmRole(row)}>
            {t('administrators.role.action')}
          </Button>
          <Button size="small" onClick={() => actions.confirmReset(row)}>
            {t('administrators.reset.action')}
          </Button>
        </>
      )}
      {row.enabled ? (
        <Button size="small" onClick={() => actions.confirmDisable(row)}>
          {t('administrators.disable.action')}
        </Button>
      ) : (
        <Button size="small" onClick={() => actions.enable(row)}>
          {t('administrators.enable')}
        </Button>
      )}
    </span>
  );
}

import { UserAddOutlined } from '@ant-design/icons';
import type { Administrator } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import { AddAccountDialog } from './add-account-dialog.tsx';
import { buildColumns } from './administrator-columns.tsx';
import { administratorsQuery } from './administrators-query.ts';
import type { IssuedLink } from './issued-link.ts';
import { LinkDialog } from './link-dialog.tsx';
import { useAccountActions } from './use-account-actions.ts';
import './administrators.css';

/** 管理员: who may see the console, how they sign in, and the local accounts. */
export function AdministratorsPage() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const pages = useCursorPages('administrators');
  const query = useQuery(administratorsQuery(pages.cursor));
  const [isAdding, setAdding] = useState(false);
  const [issued, setIssued] = useState<IssuedLink | null>(null);
  const actions = useAccountActions(setIssued);
  const columns = buildColumns(t, actions);
  return (
    <>
      <PageHeader
        title={t('administrators.title')}
        extra={
          isAdmin && (
            <Button
              type="primary"
              icon={<UserAddOutlined aria-hidden="true" />}
              onClick={() => setAdding(true)}
            >
              {t('administrators.add.action')}
            </Button>
          )
        }
      />
      <div className="om-card">
        <p className="om-administrators-intro">{t('administrators.intro')}</p>
        <QueryContent query={query}>
          {({ items, nextCursor }) => (
            <>
              <DataTable<Administrator>
                label={t('administrators.title')}
                columns={isAdmin ? columns : columns.filter(({ key }) => key !== 'actions')}
                rows={items}
                rowKey={({ kind, id }) => `${kind} ${id}`}
                isStale={query.isPlaceholderData}
              />
              {(nextCursor !== null || pages.cursor !== undefined) && (
                <PagesPager pages={pages} nextCursor={nextCursor} />
              )}
            </>
          )}
        </QueryContent>
      </div>
      <AddAccountDialog isOpen={isAdding} onClose={() => setAdding(false)} onAdded={setIssued} />
      <LinkDialog issued={issued} onClose={() => setIssued(null)} />
    </>
  );
}

import { PlusOutlined } from '@ant-design/icons';
import type { Attribute } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { countedAttributesQuery } from '../../entities/attributes/attributes-query.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useAttributeColumns } from './attribute-columns.tsx';
import { AttributeDialog } from './attribute-dialog.tsx';
import { ImportCard } from './import-card.tsx';
import './attributes.css';

/** 扩展属性: what the enterprise adds to its members by file, beside what WeCom says. */
export function AttributesPage() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const query = useQuery(countedAttributesQuery);
  const [edited, setEdited] = useState<Attribute | 'new' | null>(null);
  const columns = useAttributeColumns(isAdmin, setEdited);
  const add = isAdmin && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setEdited('new')}>
      {t('attributes.add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('attributes.title')} extra={query.data?.length ? add : undefined} />
      <div className="om-card">
        <p className="om-attributes-intro">{t('attributes.intro')}</p>
        <QueryContent query={query}>
          {(items) =>
            items.length === 0 ? (
              <PageState
                title={t('attributes.empty.title')}
                detail={t('attributes.empty.detail')}
                action={add}
              />
            ) : (
              <DataTable<Attribute>
                label={t('attributes.title')}
                columns={columns}
                rows={items}
                rowKey={({ key }) => key}
              />
            )
          }
        </QueryContent>
      </div>
      {isAdmin && query.data !== undefined && query.data.length > 0 && <ImportCard attributes={query.data} />}
      {edited !== null && (
        <AttributeDialog attribute={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

import { DownloadOutlined } from '@ant-design/icons';
import type { Attribute, AttributeImport, RefusedAttributeRow } from '@orgmirror/contracts';
import { attributeRefusalTexts } from '@orgmirror/contracts/attribute-texts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { attributesKey } from '../../entities/attributes/attributes-query.ts';
import { useAttributeName } from '../../entities/attributes/use-attribute-name.ts';
import { useLoadedLanguage } from '../../i18n/language.ts';
import { applyAttributeImport, downloadRefusedRows } from '../../lib/api/attributes.ts';
import { formatCount } from '../../lib/format.ts';
import { importQuery } from './import-query.ts';

const counted = ['set', 'cleared', 'unchanged', 'refused'] as const;

interface ImportResultProps {
  result: AttributeImport;
  attributes: readonly Attribute[];
}

/** What a file would change: numbers first, then the rows that need a person, then the button that names its effect. */
export function ImportResult({ result, attributes }: ImportResultProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { id, fileName, status, counts, fingerprint, refused } = result;
  const changes = counts.set + counts.cleared;
  const apply = useMutation({
    mutationFn: () => applyAttributeImport({ params: { id }, body: { fingerprint } }),
    onSuccess: (applied) => {
      client.setQueryData(importQuery(id).queryKey, applied);
      return Promise.all([
        client.invalidateQueries({ queryKey: attributesKey }),
        client.invalidateQueries({ queryKey: ['members'] }),
      ]);
    },
  });
  return (
    <div className="om-import-result">
      <h3>
        {t(status === 'applied' ? 'attributes.import.applied' : 'attributes.import.judged', { fileName })}
      </h3>
      <dl className="om-import-counts">
        {counted.map((name) => (
          <div key={name}>
            <dt>{t(`attributes.import.count.${name}`)}</dt>
            <dd>{formatCount(counts[name])}</dd>
          </div>
        ))}
      </dl>
      {counts.valuesCleared > 0 && status === 'judged' && (
        <Notice tone="warning" title={t('attributes.import.clears', { count: counts.valuesCleared })} />
      )}
      {counts.refused > 0 && <RefusedRows {...{ result, refused, attributes }} />}
      {apply.isError && <ProblemNotice error={apply.error} />}
      {status === 'applied' ? (
        <Notice tone="success" title={t('attributes.import.done', { count: changes })} />
      ) : (
        <Button
          type="primary"
          disabled={changes === 0}
          loading={apply.isPending}
          onClick={() => apply.mutate()}
        >
          {changes === 0 ? t('attributes.import.nothing') : t('attributes.import.apply', { count: changes })}
        </Button>
      )}
    </div>
  );
}

interface RefusedRowsProps extends ImportResultProps {
  refused: readonly RefusedAttributeRow[];
}

function RefusedRows({ result: { id, counts }, refused, attributes }: RefusedRowsProps) {
  const { t } = useTranslation();
  const nameOf = useAttributeName();
  const lang = useLoadedLanguage().code === 'zh-CN' ? 'zh' : 'en';
  const download = useMutation({
    mutationFn: () => downloadRefusedRows(id, t('attributes.import.errorFile')),
  });
  const columnOf = (key: string | null) => {
    const attribute = attributes.find((one) => one.key === key);
    return attribute ? nameOf(attribute) : (key ?? '');
  };
  const columns: Column<RefusedAttributeRow>[] = [
    { key: 'line', title: t('attributes.import.row.line'), render: ({ line }) => line },
    {
      key: 'userId',
      title: t('attributes.import.row.userId'),
      render: ({ wecomUserId }) => <code>{wecomUserId}</code>,
    },
    {
      key: 'attribute',
      title: t('attributes.import.row.attribute'),
      render: ({ attribute }) => columnOf(attribute),
    },
    { key: 'given', title: t('attributes.import.row.given'), render: ({ given }) => given },
    {
      key: 'reason',
      title: t('attributes.import.row.reason'),
      render: ({ reason }) => attributeRefusalTexts[reason][lang],
    },
  ];
  return (
    <>
      <div className="om-attribute-actions">
        <strong>{t('attributes.import.refused', { count: counts.refused })}</strong>
        <Button
          size="small"
          icon={<DownloadOutlined aria-hidden="true" />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          {t('attributes.import.errorFile')}
        </Button>
      </div>
      {download.isError && <ProblemNotice error={download.error} />}
      <DataTable<RefusedAttributeRow>
        label={t('attributes.import.count.refused')}
        columns={columns}
        rows={refused}
        rowKey={({ line }) => String(line)}
      />
      {counts.refused > refused.length && (
        <p className="om-small-print">{t('attributes.import.more', { count: refused.length })}</p>
      )}
    </>
  );
}

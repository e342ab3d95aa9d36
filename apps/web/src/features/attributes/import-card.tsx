import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import type { Attribute } from '@orgmirror/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { createAttributeImport, downloadTemplate } from '../../lib/api/attributes.ts';
import { importQuery } from './import-query.ts';
import { ImportResult } from './import-result.tsx';

/** Template, upload, and what came of it; the address holds the file, so that a reload shows it again. */
export function ImportCard({ attributes }: { attributes: readonly Attribute[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const id = params.get('import');
  const input = useRef<HTMLInputElement>(null);
  const judged = useQuery({ ...importQuery(id ?? ''), enabled: id !== null });
  const template = useMutation({
    mutationFn: (format: 'xlsx' | 'csv') => downloadTemplate(format, t('attributes.title')),
  });
  const upload = useMutation({
    mutationFn: createAttributeImport,
    onSuccess: (result) => {
      client.setQueryData(importQuery(result.id).queryKey, result);
      setParams({ import: result.id }, { replace: true });
    },
  });
  return (
    <section className="om-card" aria-labelledby="om-attribute-import">
      <h2 id="om-attribute-import">{t('attributes.import.title')}</h2>
      <div className="om-card-body">
        <p className="om-attributes-steps">{t('attributes.import.intro')}</p>
        <div className="om-attribute-actions">
          {(['xlsx', 'csv'] as const).map((format) => (
            <Button
              key={format}
              icon={<DownloadOutlined aria-hidden="true" />}
              loading={template.isPending && template.variables === format}
              onClick={() => template.mutate(format)}
            >
              {t(`attributes.import.template.${format}`)}
            </Button>
          ))}
          <Button
            type="primary"
            icon={<UploadOutlined aria-hidden="true" />}
            loading={upload.isPending}
            onClick={() => input.current?.click()}
          >
            {t('attributes.import.upload')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            accept=".csv,.xlsx"
            aria-label={t('attributes.import.upload')}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) upload.mutate(file);
              target.value = ''; // the same file may be mended and chosen again
            }}
          />
        </div>
        <p className="om-small-print">{t('attributes.import.rules')}</p>
        {template.isError && <ProblemNotice error={template.error} />}
        {upload.isError && <ProblemNotice error={upload.error} />}
        {id !== null && !upload.isPending && !upload.isError && (
          <QueryContent query={judged}>
            {(result) => <ImportResult result={result} attributes={attributes} />}
          </QueryContent>
        )}
      </div>
    </section>
  );
}

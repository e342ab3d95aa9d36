import { DownloadOutlined } from '@ant-design/icons';
import type { ExportJob } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportsQuery, isActiveExport } from '../entities/exports/exports-query.ts';
import { ExportPanel } from '../features/exports/export-panel.tsx';

/** In the header while files are kept or written: how far they are, and the way to them. */
export function ExportIndicator() {
  const { t } = useTranslation();
  const { data = [] } = useQuery(exportsQuery);
  const [isOpen, setOpen] = useState(false);
  useTellEnd(data);
  if (data.length === 0 && !isOpen) return null;
  const active = data.filter(isActiveExport).length;
  return (
    <span className="om-bell">
      <Button
        type="text"
        icon={<DownloadOutlined />}
        aria-label={active > 0 ? t('exports.active', { count: active }) : t('exports.title')}
        onClick={() => setOpen(true)}
      />
      {active > 0 && (
        <span className="om-bell-count om-export-count" aria-hidden="true">
          {active}
        </span>
      )}
      <Drawer
        title={t('exports.title')}
        size={440}
        open={isOpen}
        onClose={() => setOpen(false)}
        destroyOnHidden
      >
        <ExportPanel jobs={data} />
      </Drawer>
    </span>
  );
}

/** Says on whichever page when a file is ready, or has failed. */
function useTellEnd(jobs: readonly ExportJob[]): void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const active = useRef(new Set<string>());
  useEffect(() => {
    for (const job of jobs) {
      if (isActiveExport(job)) active.current.add(job.id);
      else if (active.current.delete(job.id)) {
        if (job.status === 'finished') message.success(t('exports.ready'));
        else message.error(t('exports.failed', { reason: job.problem?.title ?? '' }));
      }
    }
  }, [jobs, message, t]);
}

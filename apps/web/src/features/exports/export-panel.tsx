import type { ExportJob } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Progress } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { PageState } from '../../components/page-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { exportsQuery, isActiveExport } from '../../entities/exports/exports-query.ts';
import { deleteExport, getExportFilePath } from '../../lib/api/exports.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';
import './exports.css';

/** The files of the last day: how far they are, to download, cancel or delete. */
export function ExportPanel({ jobs }: { jobs: readonly ExportJob[] }) {
  const { t } = useTranslation();
  if (jobs.length === 0)
    return <PageState title={t('exports.empty.title')} detail={t('exports.empty.detail')} />;
  return (
    <>
      <p className="om-small-print">{t('exports.kept')}</p>
      <ul className="om-exports">
        {jobs.map((job) => (
          <ExportItem key={job.id} job={job} />
        ))}
      </ul>
    </>
  );
}

function ExportItem({ job }: { job: ExportJob }) {
  const { t } = useTranslation();
  const { id, format, revealed, status, createdAt } = job;
  const remove = useRemove();
  return (
    <li>
      <strong>{describeList(job, t)}</strong>
      <span className="om-small-print">
        {t(`exports.format.${format}`)}
        {revealed && <> · {t('exports.revealed')}</>} · <RelativeTime instant={createdAt} />
      </span>
      <ExportState job={job} />
      <span className="om-export-actions">
        {status === 'finished' && (
          <Button size="small" type="primary" href={getExportFilePath(id)} download>
            {t('exports.download')}
          </Button>
        )}
        <Button size="small" loading={remove.isPending} onClick={() => remove.mutate(id)}>
          {isActiveExport(job) ? t('exports.cancel') : t('exports.delete')}
        </Button>
      </span>
    </li>
  );
}

const describeList = ({ list, scope, runId }: ExportJob, t: TFunction): string => {
  if (list === 'members') return t(`exports.of.${scope}`);
  if (list === 'audit') return t(scope === 'all' ? 'exports.audit.all' : 'exports.audit.filtered');
  return t('exports.changes', { run: runId?.slice(0, 8) ?? '' });
};

function ExportState({ job: { status, rows, total, size, problem } }: { job: ExportJob }) {
  const { t, i18n } = useTranslation();
  if (problem)
    return (
      <p className="om-export-problem">
        {problem.title}
        {' · '}
        {problem.detail}
      </p>
    );
  if (status === 'queued') return <p>{t('exports.queued')}</p>;
  if (status === 'running')
    return (
      <>
        <p>{total === null ? t('exports.counting') : t('exports.progress', { rows, total })}</p>
        <Progress
          percent={total ? Math.floor((rows / total) * 100) : 0}
          size="small"
          aria-label={t('exports.progressLabel')}
        />
      </>
    );
  return (
    <p>
      {t('exports.done', { count: rows })} · {formatSize(size ?? 0, i18n.language)}
    </p>
  );
}

/** 812 kB or 12.4 MB. */
function formatSize(bytes: number, language: string): string {
  const isLarge = bytes >= 1_000_000;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: 1,
  }).format(isLarge ? bytes / 1_000_000 : bytes / 1_000);
}

function useRemove() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteExport({ params: { id } }),
    onError: (error) => message.error(getProblemTitle(error) ?? t('common.error.network.title')),
    onSettled: () => client.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
}

import { App } from 'antd';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadText } from '../download-text.ts';
import { formatDay } from '../format.ts';
import { getProblemTitle } from '../http/problem-error.ts';

export interface CsvExport {
  /** Without date and ending. */
  fileName: string;
  /** Notes in the audit log that the list is taken away; without it nothing is read. */
  record: () => Promise<unknown>;
  /** Reads everything; `onRead` is called with the number of rows read so far. */
  read: (onRead: (count: number) => void, signal: AbortSignal) => Promise<{ csv: string[]; count: number }>;
  describeRunning: (count: number) => string;
  describeDone: (count: number) => string;
}

/** Starts an export with its progress in a message; a second start or leaving the page stops it. */
export function useCsvExport(): (csvExport: CsvExport) => Promise<void> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const key = useId();
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  return async ({ fileName, record, read, describeRunning, describeDone }) => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    const report = (count: number) =>
      message.open({ key, type: 'loading', content: describeRunning(count), duration: 0 });
    report(0);
    try {
      await record();
      const { csv, count } = await read(report, own.signal);
      downloadText(`${fileName}-${formatDay(new Date())}.csv`, csv, 'text/csv;charset=utf-8');
      message.success({ key, content: describeDone(count) });
    } catch (error) {
      if (own.signal.aborted) message.destroy(key);
      else message.error({ key, content: getProblemTitle(error) ?? t('common.error.network.title') });
    }
  };
}

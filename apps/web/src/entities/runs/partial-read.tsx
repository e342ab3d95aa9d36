import type { SyncManifest, SyncRun } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatExact } from '../../lib/format.ts';
import { listFailedReads } from './list-failed-reads.ts';

/** Failed reads that are named; the manifest names them all. */
const maxNamed = 3;

/**
 * For a partial read: how much could not be read, what and why, since when no read was complete, what is not
 * removed, and what to do.
 */
export function PartialRead({ run }: { run: Pick<SyncRun, 'complete' | 'manifest'> }) {
  const { t } = useTranslation();
  if (run.complete !== false) return null;
  const unread = run.manifest === null ? '' : describeUnread(run.manifest, t);
  const failed = run.manifest === null ? [] : listFailedReads(run.manifest, t);
  const since = run.manifest?.partialSince;
  return (
    <>
      <p>
        {unread} {t('sync.partial.nothingRemoved')}
      </p>
      {failed.length > 0 && (
        <ul className="om-failed">
          {failed.slice(0, maxNamed).map(({ key, code, text }) => (
            <li key={key} title={code}>
              {text}
            </li>
          ))}
          {failed.length > maxNamed && <li>{t('sync.partial.more', { count: failed.length - maxNamed })}</li>}
        </ul>
      )}
      {since && <p>{t('sync.partial.since', { when: formatExact(since) })}</p>}
      <p>{t('sync.partial.next')}</p>
    </>
  );
}

/**
 * "33 of 41 departments could not be read." and what else stayed open; empty when the numbers do not tell.
 */
export function describeUnread(manifest: SyncManifest, t: TFunction): string {
  const { departmentsAsked, departmentsFailed, othersFailed, missing } = manifest;
  const unconfirmed = missing?.unconfirmed ?? 0;
  const parts = [
    departmentsFailed.length > 0 &&
      t('sync.partial.departments', { count: departmentsFailed.length, total: departmentsAsked }),
    othersFailed.length > 0 && t('sync.partial.others', { count: othersFailed.length }),
    unconfirmed > 0 && t('sync.partial.unconfirmed', { count: unconfirmed }),
  ].filter((part) => part !== false);
  return parts.length === 0 ? '' : parts.join(t('common.listSeparator')) + t('common.sentenceEnd');
}

import type { SyncManifest, SyncRun } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { listFailedReads } from './list-failed-reads.ts';

/** For a partial read: how much could not be read, why, that nothing was removed, and what to do. */
export function PartialRead({ run }: { run: Pick<SyncRun, 'complete' | 'manifest'> }) {
  const { t } = useTranslation();
  if (run.complete !== false) return null;
  const unread = run.manifest === null ? '' : describeUnread(run.manifest, t);
  const first = run.manifest === null ? undefined : listFailedReads(run.manifest, t)[0];
  return (
    <>
      <p>
        {unread} {t('sync.partial.nothingRemoved')}
      </p>
      {first && <p>{t('sync.partial.firstFailure', { failure: first.text })}</p>}
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

import type { SyncManifest } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';

/** What could not be read and why, departments first. */
export const listFailedReads = ({ departmentsFailed, othersFailed }: SyncManifest, t: TFunction) => [
  ...departmentsFailed.map(({ id, code, message }) => ({
    key: `department/${id}`,
    code,
    text: t('history.manifest.failedDepartment', { id, message }),
  })),
  ...othersFailed.map(({ kind, key, code, message }) => ({
    key: `${kind}/${key}`,
    code,
    text: t(`history.manifest.failed_${kind}`, { key, message }),
  })),
];

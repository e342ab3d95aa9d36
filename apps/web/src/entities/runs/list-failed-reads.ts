import type { SyncManifest } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';

/** Failed reads with their reasons, departments first. */
export const listFailedReads = ({ departmentsFailed, othersFailed }: SyncManifest, t: TFunction) => [
  ...departmentsFailed.map(({ id, name, code, message }) => ({
    key: `department/${id}`,
    code,
    text:
      name === undefined
        ? t('history.manifest.failedDepartment', { id, message })
        : t('history.manifest.failedNamedDepartment', { id, name, message }),
  })),
  ...othersFailed.map(({ kind, key, code, message }) => ({
    key: `${kind}/${key}`,
    code,
    text: t(`history.manifest.failed_${kind}`, { key, message }),
  })),
];

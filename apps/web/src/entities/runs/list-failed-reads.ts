import type { SyncManifest } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';

/** Failed reads with their reasons, departments first. */
export const listFailedReads = ({ departmentsFailed, othersFailed }: SyncManifest, t: TFunction) => [
  ...departmentsFailed.map(({ id, name, code, message }) => ({
    key: `department/${id}`,
    code,
    text:
      name === undefined
        ? t('sync.partial.failedDepartment', { id, message })
        : t('sync.partial.failedNamedDepartment', { id, name, message }),
  })),
  ...othersFailed.map(({ kind, key, code, message }) => ({
    key: `${kind}/${key}`,
    code,
    text: t(`sync.partial.failed_${kind}`, { key, message }),
  })),
];

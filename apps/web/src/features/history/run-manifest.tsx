import type { SyncManifest } from '@orgmirror/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';

const numbers = [
  'departmentsAsked',
  'departmentsAnswered',
  'membersSeen',
  'apiCalls',
  'retries',
  'waits',
] as const;
const shownAtFirst = 5;

/** The evidence that the read was whole, or what was missing. */
export function RunManifest({ manifest, complete }: { manifest: SyncManifest; complete: boolean | null }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const failed = manifest.departmentsFailed;
  const shown = isOpen ? failed : failed.slice(0, shownAtFirst);
  return (
    <div className="om-card-body">
      {complete === false && (
        <Notice tone="warning" title={t('history.manifest.partial')}>
          {t('history.manifest.partialDetail')}
        </Notice>
      )}
      <dl className="om-numbers">
        {numbers.map((name) => (
          <div key={name}>
            <dt>{t(`history.manifest.${name}`)}</dt>
            <dd>{manifest[name].toLocaleString('en-US')}</dd>
          </div>
        ))}
        <div>
          <dt>{t('history.manifest.departmentsFailed')}</dt>
          <dd className={failed.length > 0 ? 'om-held' : undefined}>
            {failed.length.toLocaleString('en-US')}
          </dd>
        </div>
      </dl>
      {complete === true && <p className="om-small-print">{t('history.manifest.complete')}</p>}
      {failed.length > 0 && (
        <ul className="om-failed">
          {shown.map(({ id, code, message }) => (
            <li key={id} title={code}>
              {t('history.manifest.failedDepartment', { id, message })}
            </li>
          ))}
        </ul>
      )}
      {failed.length > shown.length && (
        <button type="button" className="om-link-button" onClick={() => setOpen(true)}>
          {t('history.manifest.showAll', { count: failed.length })}
        </button>
      )}
    </div>
  );
}

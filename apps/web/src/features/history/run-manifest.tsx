import type { SyncManifest } from '@orgmirror/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listFailedReads } from '../../entities/runs/list-failed-reads.ts';
import { formatCount, formatExact } from '../../lib/format.ts';

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
  const failed = listFailedReads(manifest, t);
  const shown = isOpen ? failed : failed.slice(0, shownAtFirst);
  return (
    <div className="om-card-body">
      <dl className="om-numbers">
        {numbers.map((name) => (
          <div key={name}>
            <dt>{t(`history.manifest.${name}`)}</dt>
            <dd>{formatCount(manifest[name])}</dd>
          </div>
        ))}
        {manifest.missing && (
          <div>
            <dt>{t('history.manifest.missing')}</dt>
            <dd>{formatCount(manifest.missing.found)}</dd>
          </div>
        )}
        <div>
          <dt>{t('history.manifest.failed')}</dt>
          <dd className={failed.length > 0 ? 'om-held' : undefined}>{formatCount(failed.length)}</dd>
        </div>
        {manifest.partialSince && (
          <div>
            <dt>{t('history.manifest.partialSince')}</dt>
            <dd className="om-held">{formatExact(manifest.partialSince)}</dd>
          </div>
        )}
      </dl>
      {manifest.missing && manifest.missing.found > 0 && <MissingMembers missing={manifest.missing} />}
      {complete === true && <p className="om-small-print">{t('history.manifest.complete')}</p>}
      {failed.length > 0 && (
        <ul className="om-failed">
          {shown.map(({ key, code, text }) => (
            <li key={key} title={code}>
              {text}
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

const missingCounts = ['confirmed', 'contradicted', 'unconfirmed'] as const;

/** Present members missing from the lists, and the results of reading each of them individually. */
function MissingMembers({ missing }: { missing: NonNullable<SyncManifest['missing']> }) {
  const { t } = useTranslation();
  return (
    <section className="om-missing" aria-labelledby="om-missing-title">
      <h3 id="om-missing-title">{t('history.manifest.missingAsked')}</h3>
      <dl className="om-numbers">
        {missingCounts.map((name) => (
          <div key={name}>
            <dt>{t(`history.manifest.missingCount.${name}`)}</dt>
            <dd className={name === 'unconfirmed' && missing[name] > 0 ? 'om-held' : undefined}>
              {formatCount(missing[name])}
            </dd>
          </div>
        ))}
      </dl>
      <p className="om-small-print">{t('history.manifest.missingHelp')}</p>
    </section>
  );
}

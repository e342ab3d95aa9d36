import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { translateCode } from '../../i18n/translate-code.ts';

/** Anomalies in the data of WeCom, explained, with examples. */
export function RunWarnings({ warnings }: { warnings: SyncRun['warnings'] }) {
  const { t } = useTranslation();
  return (
    <ul className="om-warnings">
      {warnings.map(({ code, count, examples }) => (
        <li key={code}>
          <div>
            {translateCode('history.warning', code) ?? t('history.warning.other', { code })}{' '}
            <span className="om-quiet">{t('history.warning.count', { count })}</span>
          </div>
          {examples.length > 0 && (
            <div className="om-warning-examples">
              {examples.map(({ key, detail }) => (
                <span key={`${key}/${detail ?? ''}`} {...(detail !== undefined && { title: detail })}>
                  <code>{key}</code>
                  {detail !== undefined && <small> {detail}</small>}
                </span>
              ))}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

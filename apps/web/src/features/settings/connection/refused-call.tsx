import type { ConnectionState } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { Notice } from '../../../components/notice.tsx';
import { EgressIpHelp } from './egress-ip-help.tsx';

interface RefusedCallProps {
  failure: NonNullable<ConnectionState['lastFailure']>;
  onRetry: () => void;
}

/** Why the latest sync or event could not read WeCom, and what to do. */
export function RefusedCall({ failure, onRetry }: RefusedCallProps) {
  const { t } = useTranslation();
  const { by, runId, title, detail, errcode, egressIp } = failure;
  const lead = t('settings.facts.failedBy', { by: t(`settings.facts.by.${by}`) });
  return (
    <Notice
      tone="error"
      title={t('common.error.withLead', { lead, title })}
      actions={runId !== null && <Link to={`/system/sync-runs/${runId}`}>{t('sync.result.openRun')}</Link>}
    >
      <p>{detail}</p>
      {egressIp !== undefined && (
        <EgressIpHelp ip={egressIp} errcode={errcode} isExplained={detail !== ''} onRetry={onRetry} />
      )}
    </Notice>
  );
}

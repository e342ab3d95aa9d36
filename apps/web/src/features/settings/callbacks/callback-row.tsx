import { CheckCircleFilled, ClockCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import type { CallbackEndpoint, CallbackSource } from '@orgmirror/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { CopyableCode } from '../../../components/copyable-code.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { translateCode } from '../../../i18n/translate-code.ts';
import { formatCount } from '../../../lib/format.ts';
import { getCallbackState } from '../connection/callback-state.ts';
import type { GeneratedKeys } from './keys-dialog.tsx';
import { ManualKeysDialog } from './manual-keys-dialog.tsx';
import { useCallbackActions } from './use-callback-actions.ts';

const appearances = {
  off: ['neutral', MinusCircleOutlined],
  unverified: ['info', ClockCircleOutlined],
  verified: ['success', CheckCircleFilled],
} as const;

interface CallbackRowProps {
  source: CallbackSource;
  endpoint: CallbackEndpoint;
  onGenerated: (keys: GeneratedKeys) => void;
}

/** One callback URL: where to enter it, its state and its counts. */
export function CallbackRow({ source, endpoint, onGenerated }: CallbackRowProps) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const [isEntering, setEntering] = useState(false);
  const actions = useCallbackActions(source, onGenerated);
  const state = getCallbackState(endpoint);
  const [tone, Icon] = appearances[state];
  return (
    <div className="om-callback">
      <h3>
        {t(`events.endpoint.name.${source}`)}{' '}
        <span className={`om-tag om-tag-${tone}`}>
          <Icon aria-hidden="true" /> {t(`events.endpoint.state.${state}`)}
        </span>
      </h3>
      <p className="om-small-print">
        {t(`events.endpoint.where.${source}`)} · {t(`events.endpoint.carries.${source}`)}
      </p>
      <div className="om-callback-url">
        <span className="om-small-print">{t('events.endpoint.url')}</span>
        <CopyableCode text={endpoint.url} label={t('events.endpoint.copyUrl')} />
      </div>
      {endpoint.configured && <CallbackFacts source={source} endpoint={endpoint} />}
      {actions.error !== null && <ProblemNotice error={actions.error} />}
      {isAdmin && (
        <div className="om-callback-actions">
          <Button
            onClick={endpoint.configured ? actions.confirmGenerate : actions.generate}
            loading={actions.isGenerating}
          >
            {t(endpoint.configured ? 'events.endpoint.regenerate' : 'events.endpoint.generate')}
          </Button>
          <Button type="text" onClick={() => setEntering(true)}>
            {t('events.endpoint.enter')}
          </Button>
          {endpoint.configured && (
            <Button type="text" onClick={actions.confirmRemove} loading={actions.isRemoving}>
              {t('events.endpoint.remove')}
            </Button>
          )}
        </div>
      )}
      {isEntering && <ManualKeysDialog source={source} onClose={() => setEntering(false)} />}
    </div>
  );
}

function CallbackFacts({ source, endpoint }: Omit<CallbackRowProps, 'onGenerated'>) {
  const { t } = useTranslation();
  const { verifiedAt, lastEventAt, waiting, failed, rejected, lastRejection, lastRejectedAt } = endpoint;
  const reason = lastRejection && (translateCode('events.rejection', lastRejection) ?? lastRejection);
  const times = [
    ['verifiedAt', verifiedAt],
    ['lastEventAt', lastEventAt],
  ] as const;
  const counts = [
    ['waiting', waiting],
    ['failed', failed],
  ] as const;
  return (
    <>
      <dl className="om-callback-facts">
        {times.map(([name, instant]) => (
          <div key={name}>
            <dt>{t(`events.endpoint.${name}`)}</dt>
            <dd>{instant === null ? t('events.endpoint.never') : <RelativeTime instant={instant} />}</dd>
          </div>
        ))}
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{t(`events.endpoint.${name}`)}</dt>
            <dd>
              {count === 0 ? (
                0
              ) : (
                <Link to={`/system/events?source=${source}&status=${name}`}>{formatCount(count)}</Link>
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('events.endpoint.rejected')}</dt>
          <dd>{formatCount(rejected)}</dd>
        </div>
      </dl>
      {reason && (
        <p className="om-small-print">
          {t('events.endpoint.rejectedHelp', { reason })}{' '}
          {lastRejectedAt !== null && <RelativeTime instant={lastRejectedAt} />}
        </p>
      )}
    </>
  );
}

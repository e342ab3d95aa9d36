import {
  CheckCircleFilled,
  CloseCircleFilled,
  MinusCircleOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import type { WecomSettings } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { syncStateQuery } from '../../entities/runs/run-queries.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { ConnectionChecks } from './connection/connection-checks.tsx';
import { ConnectionFacts } from './connection/connection-facts.tsx';
import { findCurrentFailure, getConnectionStatus, isConfigured } from './connection/connection-status.ts';
import { RefusedCall } from './connection/refused-call.tsx';
import type { useTestConnection } from './connection/use-test-connection.ts';
import { QrSwitch } from './qr-switch.tsx';
import { SyncSwitch } from './sync-switch.tsx';
import { WecomMark } from './wecom-mark.tsx';

const appearances = {
  notConfigured: ['neutral', MinusCircleOutlined],
  notVerified: ['info', QuestionCircleOutlined],
  connected: ['success', CheckCircleFilled],
  failed: ['error', CloseCircleFilled],
} as const;

interface WecomCardProps {
  settings: WecomSettings;
  connection: ReturnType<typeof useTestConnection>;
  onTest: () => void;
  onConfigure: () => void;
}

/** The WeCom integration at a glance, with its two buttons and its switch. */
export function WecomCard({ settings, connection, onTest, onConfigure }: WecomCardProps) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const status = getConnectionStatus(settings);
  const failure = findCurrentFailure(settings.connection);
  const isNeverSynced = useQuery(syncStateQuery).data?.lastFullSync === null;
  const [tone, Icon] = appearances[status];
  return (
    <article className="om-card om-wecom">
      <div className="om-wecom-head">
        <WecomMark />
        <div className="om-wecom-names">
          <h2>
            {t('settings.card.name')}{' '}
            <span className={`om-tag om-tag-${tone}`}>
              <Icon aria-hidden="true" /> {t(`settings.card.status.${status}`)}
            </span>
          </h2>
          <p>{t('settings.card.tagline')}</p>
        </div>
        {isAdmin && (
          <div className="om-wecom-actions">
            <Button disabled={!isConfigured(settings)} loading={connection.isPending} onClick={onTest}>
              {t('settings.card.test')}
            </Button>
            <Button onClick={onConfigure}>{t('settings.card.configure')}</Button>
          </div>
        )}
      </div>
      {isConfigured(settings) && <ConnectionFacts settings={settings} />}
      <SyncSwitch settings={settings} />
      <QrSwitch settings={settings} />
      {settings.syncEnabled && status === 'connected' && isNeverSynced && (
        <div className="om-card-body">
          <Notice
            tone="info"
            title={t('settings.card.nextStep')}
            actions={<Link to="/system/org">{t('settings.card.toOrg')}</Link>}
          />
        </div>
      )}
      {connection.isError && (
        <div className="om-card-body">
          <ProblemNotice error={connection.error} onRetry={onTest} />
        </div>
      )}
      {failure && failure.by !== 'test' && !connection.isPending && (
        <div className="om-card-body">
          <RefusedCall failure={failure} onRetry={onTest} />
        </div>
      )}
      {(connection.isPending || connection.data !== undefined || failure?.by === 'test') && (
        <div className="om-card-body">
          <ConnectionChecks
            isRunning={connection.isPending}
            test={connection.data ?? settings.lastTest ?? undefined}
            onRetry={onTest}
          />
        </div>
      )}
    </article>
  );
}

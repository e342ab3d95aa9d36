import type { CallbackSettings, WecomSettings } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { Notice } from '../../../components/notice.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { wecomSettingsQuery } from '../../../entities/settings/wecom-settings-query.ts';
import { translateCode } from '../../../i18n/translate-code.ts';
import { isConfigured } from '../connection/connection-status.ts';
import { CallbackRow } from './callback-row.tsx';
import { type GeneratedKeys, KeysDialog } from './keys-dialog.tsx';

const sources = ['contacts', 'app'] as const;
/** Poll interval while the page is open, so that a passed URL check and new counts show. */
const pollIntervalMs = 5_000;

/** 接收事件: the two callback URLs. */
export function CallbackCard({ settings }: { settings: WecomSettings }) {
  const { t } = useTranslation();
  const { callback } = settings;
  const [keys, setKeys] = useState<GeneratedKeys | null>(null);
  const isWatched = sources.some((source) => callback[source].configured);
  useQuery({ ...wecomSettingsQuery, refetchInterval: isWatched ? pollIntervalMs : false });
  return (
    <article className="om-card" aria-labelledby="om-callbacks-title">
      <div className="om-card-head">
        <h2 id="om-callbacks-title">{t('events.endpoint.title')}</h2>
        <span className="om-pager-gap" />
        {isWatched && <Link to="/system/events">{t('events.endpoint.toEvents')}</Link>}
      </div>
      <div className="om-card-body">
        <p className="om-callbacks-intro">
          {t('events.endpoint.intro')}
          <span className="om-small-print">{t('events.endpoint.reconcile')}</span>
        </p>
        <AgentWarning warning={callback.agentWarning} />
        {isConfigured(settings) ? (
          sources.map((source) => (
            <CallbackRow key={source} source={source} endpoint={callback[source]} onGenerated={setKeys} />
          ))
        ) : (
          <Notice
            tone="info"
            title={t('events.endpoint.needsSettings')}
            actions={<Link to="/system/enterprise/connection">{t('settings.part.connection')}</Link>}
          />
        )}
      </div>
      {keys && <KeysDialog keys={keys} onClose={() => setKeys(null)} />}
    </article>
  );
}

/** WeCom has suspended the app, or is about to. */
function AgentWarning({ warning }: { warning: CallbackSettings['agentWarning'] }) {
  const { t } = useTranslation();
  if (warning === null) return null;
  return (
    <Notice
      tone="warning"
      title={translateCode('events.kind', warning.event) ?? t('events.kind.other')}
      actions={<RelativeTime instant={warning.at} />}
    >
      <p>{t('events.endpoint.agentWarning')}</p>
    </Notice>
  );
}

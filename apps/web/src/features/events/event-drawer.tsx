import type { WecomEvent } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { EventObject, EventStatusTag, getEventName, useEventKind } from './event-labels.tsx';
import { eventQuery } from './events-query.ts';
import { indentXml } from './indent-xml.ts';
import { ReplayButton } from './replay-button.tsx';

interface EventDrawerProps {
  /** Null while the drawer is closed. */
  id: string | null;
  /** The event as the list shows it, when it does. */
  listed: WecomEvent | undefined;
  onClose: () => void;
}

/** One event: what it said, what became of it; admins also read its decrypted text. */
export function EventDrawer({ id, listed, onClose }: EventDrawerProps) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const describeKind = useEventKind();
  const query = useQuery({ ...eventQuery(id ?? ''), enabled: isAdmin && id !== null });
  const event = query.data ?? listed;
  return (
    <Drawer
      open={id !== null && (isAdmin || listed !== undefined)}
      onClose={onClose}
      size={560}
      title={event ? describeKind(event) : t('events.detail.title')}
      extra={isAdmin && event?.status === 'failed' && <ReplayButton id={event.id} />}
    >
      {event && <EventFacts event={event} />}
      {isAdmin && id !== null && (
        <QueryContent query={query}>
          {({ text }) => (
            <section className="om-event-text" aria-labelledby="om-event-text-title">
              <h3 id="om-event-text-title">{t('events.detail.text')}</h3>
              <p className="om-small-print">{t('events.detail.textMasked')}</p>
              <pre>
                <code>{indentXml(text)}</code>
              </pre>
            </section>
          )}
        </QueryContent>
      )}
    </Drawer>
  );
}

function EventFacts({ event }: { event: WecomEvent }) {
  const { t } = useTranslation();
  const times = [
    ['occurredAt', event.occurredAt],
    ['receivedAt', event.receivedAt],
    ['processedAt', event.processedAt],
  ] as const;
  return (
    <>
      {event.error && <ProblemNotice error={event.error} />}
      {(event.status === 'ignored' || event.status === 'waiting') && (
        <p className="om-event-note">{t(`events.detail.${event.status}`)}</p>
      )}
      <dl className="om-facts">
        <dt>{t('events.column.status')}</dt>
        <dd>
          <EventStatusTag status={event.status} />
        </dd>
        <dt>{t('events.column.source')}</dt>
        <dd>{t(`events.source.${event.source}`)}</dd>
        <dt>{t('events.detail.name')}</dt>
        <dd>
          <code>{event.event}</code>
          {event.changeType !== null && (
            <>
              {' / '}
              <code>{getEventName(event)}</code>
            </>
          )}
        </dd>
        <dt>{t('events.column.object')}</dt>
        <dd>
          <EventObject {...event} />
        </dd>
        {times.map(
          ([name, instant]) =>
            instant !== null && (
              <div key={name} className="om-fact">
                <dt>{t(`events.detail.${name}`)}</dt>
                <dd>
                  <RelativeTime instant={instant} />
                </dd>
              </div>
            ),
        )}
        <dt>{t('events.detail.attempts')}</dt>
        <dd>{event.attempts}</dd>
        {event.runId !== null && (
          <>
            <dt>{t('events.column.run')}</dt>
            <dd>
              <Link to={`/system/sync-runs/${event.runId}`}>{t('events.openRun')}</Link>
            </dd>
          </>
        )}
        <dt>{t('events.detail.id')}</dt>
        <dd>
          <CopyableCode text={event.id} label={t('events.detail.copyId')} />
        </dd>
      </dl>
    </>
  );
}

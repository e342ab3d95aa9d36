import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  MinusCircleOutlined,
} from '@ant-design/icons';
import type { WecomEvent } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { translateCode } from '../../i18n/translate-code.ts';

const appearances = {
  waiting: ['info', ClockCircleOutlined],
  processed: ['success', CheckCircleFilled],
  failed: ['error', CloseCircleFilled],
  ignored: ['neutral', MinusCircleOutlined],
} as const;

/** An event's state: icon and word, colour in support. */
export function EventStatusTag({ status }: Pick<WecomEvent, 'status'>) {
  const { t } = useTranslation();
  const [tone, Icon] = appearances[status];
  return (
    <span className={`om-tag om-tag-${tone}`}>
      <Icon aria-hidden="true" /> {t(`events.status.${status}`)}
    </span>
  );
}

/** WeCom's own name of what happened. */
export const getEventName = ({ event, changeType }: Pick<WecomEvent, 'event' | 'changeType'>): string =>
  changeType ?? event;

/** The translated kind of the event; a kind that this release does not know is 其他事件. */
export function useEventKind(): (event: Pick<WecomEvent, 'event' | 'changeType'>) => string {
  const { t } = useTranslation();
  return (event) => translateCode('events.kind', getEventName(event)) ?? t('events.kind.other');
}

/** Whom or what the event is about: the name, and the userid or department id, the new one after a rename. */
export function EventObject({
  object,
  objectName,
  newObject,
}: Pick<WecomEvent, 'object' | 'objectName' | 'newObject'>) {
  const { t } = useTranslation();
  if (object === null) return <span className="om-quiet">{t('common.value.none')}</span>;
  return (
    <span className="om-event-object">
      {objectName !== null && <span>{objectName}</span>}
      <span>
        <code className={objectName === null ? undefined : 'om-quiet'}>{object}</code>
        {newObject !== null && (
          <>
            {' '}
            {t('events.renamed')} <code>{newObject}</code>
          </>
        )}
      </span>
    </span>
  );
}

/** From when WeCom made the event until it was processed; null while it is not. */
export function measureDelay({ occurredAt, receivedAt, processedAt }: WecomEvent): number | null {
  if (processedAt === null) return null;
  return Math.max(0, Date.parse(processedAt) - Date.parse(occurredAt ?? receivedAt));
}

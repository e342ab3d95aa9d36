import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  ExclamationCircleFilled,
  LoadingOutlined,
  MinusCircleOutlined,
  PauseCircleFilled,
} from '@ant-design/icons';
import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { isReadPartly } from './run-states.ts';

const appearances = {
  queued: ['info', ClockCircleOutlined],
  reading: ['info', LoadingOutlined],
  planning: ['info', LoadingOutlined],
  applying: ['info', LoadingOutlined],
  awaitingApproval: ['warning', PauseCircleFilled],
  succeeded: ['success', CheckCircleFilled],
  failed: ['error', CloseCircleFilled],
  cancelled: ['neutral', MinusCircleOutlined],
  rejected: ['neutral', MinusCircleOutlined],
} as const;

const partialLook = ['warning', ExclamationCircleFilled] as const;

/**
 * A run's status: icon and word, colour in support. One that could not read everything is no plain success.
 */
export function RunStatusTag({ run }: { run: Pick<SyncRun, 'status' | 'complete'> }) {
  const { t } = useTranslation();
  const isPartial = isReadPartly(run);
  const [tone, Icon] = isPartial ? partialLook : appearances[run.status];
  return (
    <span className={`om-tag om-tag-${tone}`}>
      <Icon aria-hidden="true" /> {t(isPartial ? 'sync.partial.status' : `sync.status.${run.status}`)}
    </span>
  );
}

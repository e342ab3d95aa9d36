import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  LoadingOutlined,
  MinusCircleOutlined,
  PauseCircleFilled,
} from '@ant-design/icons';
import type { SyncRunStatus } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';

const looks = {
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

/** A run's status: icon and word, colour in support. */
export function RunStatusTag({ status }: { status: SyncRunStatus }) {
  const { t } = useTranslation();
  const [tone, Icon] = looks[status];
  return (
    <span className={`om-tag om-tag-${tone}`}>
      <Icon aria-hidden="true" /> {t(`sync.status.${status}`)}
    </span>
  );
}

import type { MemberSummary } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { formatExact } from '../../lib/format.ts';

const tones = {
  activated: 'success',
  notActivated: 'warning',
  disabled: 'error',
  left: 'neutral',
  unknown: 'neutral',
} as const;

type MemberStatusTagProps = Pick<MemberSummary, 'status' | 'presence' | 'leftAt' | 'disabledBy'>;

/** 已激活, 未激活, 已禁用 or 已退出; who disabled and when they left stand in the tooltip. */
export function MemberStatusTag({ status, presence, leftAt, disabledBy }: MemberStatusTagProps) {
  const { t } = useTranslation();
  const shown = presence === 'left' ? 'left' : disabledBy === null ? status : 'disabled';
  const reason =
    presence === 'left'
      ? leftAt && t('org.leftAt', { when: formatExact(leftAt) })
      : disabledBy && t(disabledBy === 'sync' ? 'org.disabledBySync' : 'org.disabledByAdmin');
  return (
    <span className={`om-tag om-tag-${tones[shown]}`} {...(reason && { title: reason })}>
      {t(`org.status.${shown}`)}
    </span>
  );
}

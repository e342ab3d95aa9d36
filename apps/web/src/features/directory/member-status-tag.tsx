import type { MemberSummary } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { formatExact } from '../../lib/format.ts';

const tones = {
  activated: 'success',
  notActivated: 'warning',
  disabled: 'error',
  deactivated: 'error',
  left: 'neutral',
  unknown: 'neutral',
} as const;

const disabledStates = { sync: 'disabled', admin: 'deactivated', nobody: undefined } as const;

type MemberStatusTagProps = Pick<MemberSummary, 'status' | 'presence' | 'leftAt' | 'disabledBy'>;

/** 已激活, 未激活, 已禁用 in WeCom, 停用 here, or 已退出; the tooltip says who did it and when they left. */
export function MemberStatusTag({ status, presence, leftAt, disabledBy }: MemberStatusTagProps) {
  const { t } = useTranslation();
  const shown = presence === 'left' ? 'left' : (disabledStates[disabledBy ?? 'nobody'] ?? status);
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

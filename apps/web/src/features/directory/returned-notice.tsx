import type { MemberDetail, Role } from '@orgmirror/contracts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';
import { formatExact } from '../../lib/format.ts';

interface ReturnedNoticeProps {
  member: Pick<MemberDetail, 'returned' | 'attributes'>;
  onGiveBack: (role: Role) => void;
}

/** That the userid was here before, and had a role; only a person gives it back. */
export function ReturnedNotice({ member: { returned, attributes }, onGiveBack }: ReturnedNoticeProps) {
  const { t } = useTranslation();
  if (returned === null) return null;
  const { leftAt, role } = returned;
  return (
    <Notice
      tone="warning"
      title={t('org.member.access.returned', { when: formatExact(leftAt), role: t(`common.role.${role}`) })}
      {...(role !== 'member' && {
        actions: (
          <Button size="small" onClick={() => onGiveBack(role)}>
            {t('org.member.access.giveBack')}
          </Button>
        ),
      })}
    >
      {attributes.some(({ value }) => value !== null) ? t('members.attributes.ofReturner') : undefined}
    </Notice>
  );
}

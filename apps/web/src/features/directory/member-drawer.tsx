import type { MemberDetail } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { MemberAvatar } from '../../entities/members/member-avatar.tsx';
import { MemberDepartments } from '../../entities/members/member-departments.tsx';
import { LeftNote } from './left-note.tsx';
import { MemberHistory } from './member-history.tsx';
import { MemberProfile } from './member-profile.tsx';
import { memberQuery } from './member-query.ts';
import { MemberStatusTag } from './member-status-tag.tsx';

interface MemberDrawerProps {
  wecomUserId: string | null;
  onClose: () => void;
  onOpenDepartment: (departmentId: number) => void;
  /** Compares this member with WeCom; undefined for users who may not. */
  onCheck: ((wecomUserId: string) => void) | undefined;
}

/** One member: 资料, 部门, 变更记录. */
export function MemberDrawer({ wecomUserId, onClose, onOpenDepartment, onCheck }: MemberDrawerProps) {
  const { t } = useTranslation();
  const query = useQuery({ ...memberQuery(wecomUserId ?? ''), enabled: wecomUserId !== null });
  return (
    <Drawer
      open={wecomUserId !== null}
      onClose={onClose}
      size={560}
      title={query.data?.name ?? wecomUserId ?? t('org.column.member')}
      styles={{ body: { paddingTop: 12 } }}
      extra={
        onCheck &&
        query.data && (
          <Button size="small" onClick={() => onCheck(query.data.wecomUserId)}>
            {t('org.member.check')}
          </Button>
        )
      }
    >
      <QueryContent query={query}>
        {(member) => (
          <>
            <MemberHead member={member} />
            <Tabs
              items={[
                {
                  key: 'profile',
                  label: t('org.member.tab.profile'),
                  children: <MemberProfile member={member} />,
                },
                {
                  key: 'departments',
                  label: t('org.member.tab.departments'),
                  children: (
                    <MemberDepartments departments={member.departments} onOpenDepartment={onOpenDepartment} />
                  ),
                },
                {
                  key: 'history',
                  label: t('org.member.tab.history'),
                  children: <MemberHistory history={member.history} />,
                },
              ]}
            />
          </>
        )}
      </QueryContent>
    </Drawer>
  );
}

function MemberHead({ member }: { member: MemberDetail }) {
  const { t } = useTranslation();
  return (
    <div className="om-member-head">
      <MemberAvatar id={member.wecomUserId} name={member.name} url={member.avatarUrl} />
      <div>
        <div className="om-member-name">
          {member.name} {member.alias && <span className="om-quiet">{member.alias}</span>}{' '}
          <MemberStatusTag {...member} />
        </div>
        <CopyableCode text={member.wecomUserId} />
        {member.presence === 'left' && (
          <div className="om-small-print">
            {t('org.column.leftAt')} <LeftNote {...member} />
          </div>
        )}
      </div>
    </div>
  );
}

import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import type { MemberDetail } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { MemberAvatar } from '../../entities/members/member-avatar.tsx';
import { MemberDepartments } from '../../entities/members/member-departments.tsx';
import { memberQuery } from '../../entities/members/member-query.ts';
import { LeftNote } from './left-note.tsx';
import { MemberHistory } from './member-history.tsx';
import { MemberProfile } from './member-profile.tsx';
import { MemberStatusTag } from './member-status-tag.tsx';

interface MemberDrawerProps {
  wecomUserId: string | null;
  onClose: () => void;
  onOpenDepartment: (departmentId: number) => void;
  onOpenMember: (wecomUserId: string) => void;
  /** Userids of the page that is listed, in order. */
  listed: readonly string[];
  /** Compares this member with WeCom; undefined for users who may not. */
  onCheck: ((wecomUserId: string) => void) | undefined;
}

/** One member: 资料, 部门, 变更记录. */
export function MemberDrawer(props: MemberDrawerProps) {
  const { wecomUserId, onClose, onOpenDepartment, onOpenMember, listed, onCheck } = props;
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
        <>
          <Neighbours wecomUserId={wecomUserId} listed={listed} onOpenMember={onOpenMember} />
          {onCheck && query.data && (
            <Button size="small" onClick={() => onCheck(query.data.wecomUserId)}>
              {t('org.member.check')}
            </Button>
          )}
        </>
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
                  children: <MemberProfile member={member} onOpenMember={onOpenMember} />,
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
                  children: <MemberHistory {...member} />,
                },
              ]}
            />
          </>
        )}
      </QueryContent>
    </Drawer>
  );
}

interface NeighboursProps {
  wecomUserId: string | null;
  listed: readonly string[];
  onOpenMember: (wecomUserId: string) => void;
}

/** To the member before and after this one in the list behind the drawer. */
function Neighbours({ wecomUserId, listed, onOpenMember }: NeighboursProps) {
  const { t } = useTranslation();
  const position = wecomUserId === null ? -1 : listed.indexOf(wecomUserId);
  if (position < 0) return null;
  const steps = [
    ['previous', listed[position - 1], <LeftOutlined key="previous" />],
    ['next', listed[position + 1], <RightOutlined key="next" />],
  ] as const;
  return steps.map(([direction, neighbour, icon]) => (
    <Button
      key={direction}
      size="small"
      type="text"
      icon={icon}
      aria-label={t(`org.member.${direction}`)}
      disabled={neighbour === undefined}
      onClick={() => neighbour !== undefined && onOpenMember(neighbour)}
    />
  ));
}

function MemberHead({ member }: { member: MemberDetail }) {
  const { t } = useTranslation();
  return (
    <div className="om-member-head">
      <MemberAvatar id={member.wecomUserId} name={member.name} url={member.avatarUrl} />
      <div>
        <div className="om-member-name">
          {member.alias && <span className="om-quiet">{member.alias}</span>}
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

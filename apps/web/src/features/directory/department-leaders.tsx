import { useTranslation } from 'react-i18next';
import { MemberAvatar } from '../../entities/members/member-avatar.tsx';
import { useLeaders } from './use-leaders.ts';

const maxShown = 3;

interface DepartmentLeadersProps {
  userIds: readonly string[];
  onOpenMember: (wecomUserId: string) => void;
}

/** Who leads a department, each opening their own page. */
export function DepartmentLeaders({ userIds, onOpenMember }: DepartmentLeadersProps) {
  const { t } = useTranslation();
  const leaders = useLeaders(userIds, maxShown);
  if (leaders.length === 0) return null;
  return (
    <span className="om-leaders">
      <span className="om-quiet">{t('org.leader')}</span>
      {leaders.map(({ userId, member }) =>
        member === undefined ? (
          <code key={userId}>{userId}</code>
        ) : (
          <button
            key={userId}
            type="button"
            className="om-link-button"
            onClick={() => onOpenMember(member.wecomUserId)}
          >
            <MemberAvatar id={member.wecomUserId} name={member.name} url={member.avatarUrl} />
            {member.name}
          </button>
        ),
      )}
      {userIds.length > maxShown && <span className="om-quiet">…</span>}
    </span>
  );
}

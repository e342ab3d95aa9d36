import type { Me, MemberDetail } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { MemberAvatar } from '../../entities/members/member-avatar.tsx';
import { MemberDepartments } from '../../entities/members/member-departments.tsx';
import { ConsentCard } from './consent-card.tsx';
import { DetailsCard } from './details-card.tsx';
import { meQuery } from './me-query.ts';
import { PasswordCard } from './password-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import './me.css';

/** 我的: my profile, my consent and my sessions. Laid out for phones first. */
export function MePage() {
  const { t } = useTranslation();
  const query = useQuery(meQuery);
  return (
    <div className="om-me">
      <PageHeader title={t('me.title')} />
      <QueryContent query={query}>
        {({ user, member, authorisation }) => (
          <>
            <ProfileHeader user={user} member={member} />
            {authorisation && <ConsentCard consent={authorisation} />}
            {member && <DetailsCard member={member} given={authorisation?.fields ?? []} />}
            {member && <Departments departments={member.departments} />}
            <SessionsCard />
            {user.kind === 'local' && <PasswordCard />}
          </>
        )}
      </QueryContent>
    </div>
  );
}

function ProfileHeader({ user, member }: Pick<Me, 'user' | 'member'>) {
  const { t } = useTranslation();
  const id = member?.wecomUserId ?? user.id;
  return (
    <section className="om-card om-card-body">
      <div className="om-member-head">
        <MemberAvatar id={id} name={user.displayName} url={member?.avatarUrl ?? null} />
        <div>
          <div className="om-member-name">
            {user.displayName} {member?.alias && <span className="om-quiet">{member.alias}</span>}{' '}
            <span className="om-tag om-tag-info">{t(`common.role.${user.role}`)}</span>
          </div>
          {member ? (
            <CopyableCode text={member.wecomUserId} />
          ) : (
            <span className="om-small-print">{t('me.localAccount')}</span>
          )}
        </div>
      </div>
    </section>
  );
}

function Departments({ departments }: Pick<MemberDetail, 'departments'>) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <section className="om-card">
      <h2>{t('me.section.departments')}</h2>
      <div className="om-me-list">
        <MemberDepartments
          departments={departments}
          onOpenDepartment={(id) => void navigate(`/system/org?department=${id}`)}
        />
      </div>
    </section>
  );
}

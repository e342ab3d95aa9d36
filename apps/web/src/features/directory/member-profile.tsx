import { LockOutlined } from '@ant-design/icons';
import type { MemberDetail } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useIsAdmin } from '../../lib/session.ts';
import { MaybeValue } from './maybe-value.tsx';
import { MemberAccess } from './member-access.tsx';

/** What WeCom says about the person; contact data masked. */
export function MemberProfile({ member }: { member: MemberDetail }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const rows = [
    ['position', member.position],
    ['englishName', member.englishName],
    ['gender', member.gender && t(`org.member.${member.gender}`)],
    ['mobile', member.mobileMasked],
    ['telephone', member.telephone],
    ['email', member.emailMasked],
    ['bizMail', member.bizMailMasked],
    ['address', member.addressMasked],
    ['externalPosition', member.externalPosition],
  ] as const;
  return (
    <>
      <p className="om-small-print">
        <LockOutlined aria-hidden="true" /> {t('org.member.wecomOwned')}
      </p>
      <dl className="om-facts">
        {rows.map(([name, value]) => (
          <Fact key={name} name={t(`org.member.${name}`)} value={value} />
        ))}
        <Fact
          name={t('org.member.directLeaders')}
          value={member.directLeaders.map(({ name, wecomUserId }) => name ?? wecomUserId).join('、')}
        />
        {member.extendedAttributes === null ? (
          <Fact name={t('org.member.extended')} value={null} />
        ) : (
          member.extendedAttributes.map(({ name, value, title }) => (
            <Fact key={name} name={name} value={title ? `${title} ${value}` : value} />
          ))
        )}
        {!isAdmin && (
          <>
            <dt>{t('org.member.role')}</dt>
            <dd>{t(`common.role.${member.role}`)}</dd>
          </>
        )}
        <dt>{t('org.member.createdAt')}</dt>
        <dd>
          <RelativeTime instant={member.createdAt} />
        </dd>
        <dt>{t('org.member.updatedAt')}</dt>
        <dd>
          <RelativeTime instant={member.updatedAt} />
        </dd>
      </dl>
      {isAdmin && <MemberAccess member={member} />}
    </>
  );
}

function Fact({ name, value }: { name: string; value: string | null }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {value === '' ? (
          <span className="om-quiet">{t('common.value.none')}</span>
        ) : (
          <MaybeValue value={value} />
        )}
      </dd>
    </>
  );
}

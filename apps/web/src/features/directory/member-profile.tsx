import { LockOutlined } from '@ant-design/icons';
import type { MemberDetail } from '@orgmirror/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../components/relative-time.tsx';
import { UnavailableValue } from '../../entities/members/unavailable-value.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { MemberAccess } from './member-access.tsx';
import { FieldSource, SensitiveValue } from './sensitive-value.tsx';

/** The profile of the member as WeCom gave it; contact data masked. */
export function MemberProfile({ member }: { member: MemberDetail }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const sensitive = [
    ['mobile', member.mobileMasked],
    ['email', member.emailMasked],
    ['bizMail', member.bizMailMasked],
    ['address', member.addressMasked],
    ['qrCode', member.qrCodeSet && t('org.member.qrCodeSet')],
  ] as const;
  return (
    <>
      <p className="om-small-print">
        <LockOutlined aria-hidden="true" /> {t('org.member.wecomOwned')}
      </p>
      <dl className="om-facts">
        <Fact name={t('org.member.position')} value={member.position} />
        <Fact name={t('org.member.englishName')} value={member.englishName} />
        <Fact name={t('org.member.gender')} value={member.gender && t(`org.member.${member.gender}`)}>
          <FieldSource member={member} field="gender" />
        </Fact>
        {sensitive.map(([field, masked]) => {
          const name = t(`org.member.${field}`);
          return typeof masked === 'string' && masked !== '' ? (
            <div key={field} className="om-fact">
              <dt>{name}</dt>
              <dd>
                <SensitiveValue key={member.id} {...{ member, field, name, masked }} />
              </dd>
            </div>
          ) : (
            <Fact key={field} name={name} value={masked === false ? '' : masked} />
          );
        })}
        <Fact name={t('org.member.telephone')} value={member.telephone} />
        <Fact name={t('org.member.externalPosition')} value={member.externalPosition} />
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
        {!isAdmin && <Fact name={t('org.member.role')} value={t(`common.role.${member.role}`)} />}
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

interface FactProps {
  name: string;
  value: string | null;
  /** Below the value. */
  children?: ReactNode;
}

function Fact({ name, value, children }: FactProps) {
  const { t } = useTranslation();
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {value === '' ? (
          <span className="om-quiet">{t('common.value.none')}</span>
        ) : (
          <UnavailableValue value={value} />
        )}
        {children}
      </dd>
    </>
  );
}

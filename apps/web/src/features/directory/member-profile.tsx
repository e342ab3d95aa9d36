import { LockOutlined } from '@ant-design/icons';
import type { MemberDetail } from '@orgmirror/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useAttributeName } from '../../entities/attributes/use-attribute-name.ts';
import { useIsAdmin, useMayOpenMember } from '../../entities/session/session.ts';
import { MemberAccess } from './member-access.tsx';
import { FieldSource, SensitiveValue } from './sensitive-value.tsx';

interface MemberProfileProps {
  member: MemberDetail;
  onOpenMember: (wecomUserId: string) => void;
}

/** The profile of the member as WeCom gave it; contact data masked, what is not visible folded away. */
export function MemberProfile({ member, onOpenMember }: MemberProfileProps) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const facts = useFacts(member, onOpenMember);
  const unavailable = facts.filter(({ value }) => value === null);
  return (
    <>
      <p className="om-small-print">
        <LockOutlined aria-hidden="true" /> {t('org.member.wecomOwned')}
      </p>
      <dl className="om-facts">
        {facts.map(
          ({ name, value }) =>
            value !== null && (
              <div key={name} className="om-fact">
                <dt>{name}</dt>
                <dd>{value === '' ? <span className="om-quiet">{t('common.value.none')}</span> : value}</dd>
              </div>
            ),
        )}
      </dl>
      {unavailable.length > 0 && (
        <details className="om-unavailable-facts">
          <summary>{t('org.member.unavailable', { count: unavailable.length })}</summary>
          <p>{unavailable.map(({ name }) => name).join(t('common.listSeparator'))}</p>
          <p className="om-small-print">{t('org.member.unavailableWhy')}</p>
        </details>
      )}
      {member.attributes.length > 0 && <MemberAttributes attributes={member.attributes} />}
      {isAdmin && <MemberAccess member={member} />}
    </>
  );
}

/** What the enterprise adds, apart from what WeCom says. */
function MemberAttributes({ attributes }: Pick<MemberDetail, 'attributes'>) {
  const { t } = useTranslation();
  const nameOf = useAttributeName();
  return (
    <section aria-label={t('members.attributes.title')}>
      <h3 className="om-attributes-title">{t('members.attributes.title')}</h3>
      <p className="om-small-print">{t('members.attributes.owned')}</p>
      <dl className="om-facts">
        {attributes.map((attribute) => (
          <div key={attribute.key} className="om-fact">
            <dt>{nameOf(attribute)}</dt>
            <dd>{attribute.value ?? <span className="om-quiet">{t('common.value.none')}</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface Fact {
  readonly name: string;
  /** Null: not visible to the app; '': empty. */
  readonly value: ReactNode;
}

/** Everything there is to say about the member, in order. */
function useFacts(member: MemberDetail, onOpenMember: (wecomUserId: string) => void): Fact[] {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const { directLeaders, extendedAttributes } = member;
  const sensitive = [
    ['mobile', member.mobileMasked],
    ['email', member.emailMasked],
    ['bizMail', member.bizMailMasked],
    ['address', member.addressMasked],
    ['qrCode', member.qrCodeSet === false ? '' : member.qrCodeSet && t('org.member.qrCodeSet')],
  ] as const;
  return [
    { name: t('org.member.position'), value: member.position },
    {
      name: t('org.member.directLeaders'),
      value: directLeaders.length === 0 ? '' : <Superiors {...{ directLeaders, onOpenMember }} />,
    },
    { name: t('org.member.englishName'), value: member.englishName },
    {
      name: t('org.member.gender'),
      value: member.gender && (
        <>
          {t(`org.member.${member.gender}`)}
          <FieldSource member={member} field="gender" />
        </>
      ),
    },
    ...sensitive.map(([field, masked]) => {
      const name = t(`org.member.${field}`);
      const value = masked && <SensitiveValue key={member.id} {...{ member, field, name, masked }} />;
      return { name, value };
    }),
    { name: t('org.member.telephone'), value: member.telephone },
    { name: t('org.member.externalPosition'), value: member.externalPosition },
    ...(extendedAttributes === null
      ? [{ name: t('org.member.extended'), value: null }]
      : extendedAttributes.map(({ name, value, title }) => ({
          name,
          value: title ? `${title} ${value}` : value,
        }))),
    ...(isAdmin ? [] : [{ name: t('org.member.role'), value: t(`common.role.${member.role}`) }]),
    ...(['createdAt', 'updatedAt'] as const).map((field) => ({
      name: t(`org.member.${field}`),
      value: <RelativeTime instant={member[field]} />,
    })),
  ];
}

interface SuperiorsProps {
  directLeaders: MemberDetail['directLeaders'];
  onOpenMember: (wecomUserId: string) => void;
}

/** The members whom this one reports to, each opening their own page where the user may see it. */
function Superiors({ directLeaders, onOpenMember }: SuperiorsProps) {
  const mayOpen = useMayOpenMember();
  return (
    <span className="om-superiors">
      {directLeaders.map(({ wecomUserId, name }) =>
        name !== null && mayOpen({ wecomUserId }) ? (
          <button
            key={wecomUserId}
            type="button"
            className="om-link-button"
            onClick={() => onOpenMember(wecomUserId)}
          >
            {name}
          </button>
        ) : (
          <span key={wecomUserId}>{name ?? wecomUserId}</span>
        ),
      )}
    </span>
  );
}

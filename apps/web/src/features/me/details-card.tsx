import type { Consent, MemberDetail } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../components/relative-time.tsx';
import { MaskedValue } from '../../entities/members/masked-value.tsx';
import { UnavailableValue } from '../../entities/members/unavailable-value.tsx';
import { revealMyField } from '../../lib/api/me.ts';
import { WithdrawConsent } from './withdraw-consent.tsx';

const maskedFields = ['mobile', 'email', 'bizMail', 'address'] as const;

type GivenField = Consent['fields'][number];

interface DetailsCardProps {
  member: MemberDetail;
  /** What the member gave at sign-in. */
  given: readonly GivenField[];
}

/** 资料: what is known of me, each value once; what I gave says since when, and can be withdrawn. */
export function DetailsCard({ member, given }: DetailsCardProps) {
  const { t } = useTranslation();
  return (
    <section className="om-card" aria-labelledby="om-details-title">
      <h2 id="om-details-title">{t('me.section.details')}</h2>
      <div className="om-card-body">
        <dl className="om-facts">
          {useFacts(member, given).map(([name, label, value]) => (
            <div key={name} className="om-fact">
              <dt>{label}</dt>
              <dd>
                <OwnValue name={name} label={label} value={value} />
                <GivenSince field={given.find(({ field }) => field === name)} />
              </dd>
            </div>
          ))}
        </dl>
        <p className="om-small-print">{t('me.wecomOwned')}</p>
        {given.length > 0 && <WithdrawConsent fields={given} />}
      </div>
    </section>
  );
}

interface OwnValueProps {
  name: string;
  label: string;
  value: string | null;
}

/** What is masked I may see in full. */
function OwnValue({ name, label, value }: OwnValueProps) {
  const { t } = useTranslation();
  const field = maskedFields.find((masked) => masked === name);
  if (value === '') return t('common.value.none');
  if (field === undefined || value === null) return <UnavailableValue value={value} />;
  const reveal = () => revealMyField({ body: { field } });
  return <MaskedValue field={field} name={label} masked={value} reveal={reveal} />;
}

/** Name, label and value of each fact, null where the value is not visible. */
function useFacts(member: MemberDetail, given: readonly GivenField[]) {
  const { t } = useTranslation();
  const readGiven = (name: GivenField['field']) => given.find(({ field }) => field === name)?.value;
  const gender = readGiven('gender') ?? member.gender;
  const leaders = member.directLeaders.map(({ name, wecomUserId }) => name ?? wecomUserId);
  const facts = [
    ['position', member.position],
    ['englishName', member.englishName],
    ['gender', gender && t(gender === 'female' ? 'org.member.female' : 'org.member.male')],
    ['mobile', readGiven('mobile') ?? member.mobileMasked],
    ['telephone', member.telephone],
    ['email', readGiven('email') ?? member.emailMasked],
    ['bizMail', readGiven('bizMail') ?? member.bizMailMasked],
    ['address', readGiven('address') ?? member.addressMasked],
    ['directLeaders', leaders.join(t('common.listSeparator'))],
  ] as const;
  // Images are not shown but named as given.
  const images = (['avatar', 'qrCode'] as const).filter((name) => readGiven(name) !== undefined);
  return [
    ...facts.map(([name, value]) => [name, t(`org.member.${name}`), value] as const),
    ...images.map((name) => [name, t(`me.field.${name}`), t('me.given')] as const),
  ];
}

function GivenSince({ field }: { field: GivenField | undefined }) {
  const { t } = useTranslation();
  if (field === undefined) return null;
  return (
    <span className="om-small-print">
      {' '}
      {t('me.consent.since', { when: '' })}
      <RelativeTime instant={field.authorisedAt} />
    </span>
  );
}

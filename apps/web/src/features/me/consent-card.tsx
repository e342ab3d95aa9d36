import type { Consent } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { withdrawConsent } from '../../lib/api/me.ts';
import { AgreeAction, ConsentQuestion } from './consent-question.tsx';

/** 授权的资料: the consent question, asked once, or the fields given and their withdrawal. */
export function ConsentCard({ consent }: { consent: Consent }) {
  const { t } = useTranslation();
  const { available, decision, fields } = consent;
  if (available && decision === null) return <ConsentQuestion />;
  if (decision === null && fields.length === 0) return null;
  return (
    <section className="om-card" aria-labelledby="om-consent-title">
      <h2 id="om-consent-title">{t('me.section.authorisation')}</h2>
      <div className="om-card-body">
        {fields.length > 0 ? (
          <GivenFields fields={fields} />
        ) : (
          <>
            <p className="om-me-lead">
              {t(`me.consent.state.${decision === 'agreed' ? 'agreedWithout' : (decision ?? 'unavailable')}`)}
            </p>
            {available ? (
              <AgreeAction label={t('me.consent.again')} />
            ) : (
              <p className="om-small-print">{t('me.consent.state.unavailable')}</p>
            )}
          </>
        )}
      </div>
    </section>
  );
}

function GivenFields({ fields }: Pick<Consent, 'fields'>) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => withdrawConsent({}),
    onSuccess: () => {
      message.success(t('me.consent.withdrawn'));
      return client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  const confirmWithdrawal = () =>
    modal.confirm({
      title: t('me.consent.withdrawTitle'),
      content: t('me.consent.withdrawEffect', {
        fields: fields.map(({ field }) => t(`me.field.${field}`)).join(t('common.listSeparator')),
      }),
      okText: t('me.consent.withdraw'),
      okButtonProps: { danger: true },
      onOk: () => withdraw.mutate(),
    });
  return (
    <>
      {withdraw.isError && <ProblemNotice error={withdraw.error} />}
      <dl className="om-facts">
        {fields.map(({ field, value, authorisedAt }) => (
          <div key={field} className="om-fact">
            <dt>{t(`me.field.${field}`)}</dt>
            <dd>
              <GivenValue field={field} value={value} />{' '}
              <span className="om-small-print">
                {t('me.consent.since', { when: '' })}
                <RelativeTime instant={authorisedAt} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <div className="om-me-actions">
        <Button onClick={confirmWithdrawal} loading={withdraw.isPending}>
          {t('me.consent.withdraw')}
        </Button>
      </div>
    </>
  );
}

/** Formats a given value; images are not shown but named as given. */
function GivenValue({ field, value }: Pick<Consent['fields'][number], 'field' | 'value'>) {
  const { t } = useTranslation();
  if (field === 'avatar' || field === 'qrCode') return t('me.given');
  if (field === 'gender') return t(value === 'female' ? 'org.member.female' : 'org.member.male');
  return value;
}

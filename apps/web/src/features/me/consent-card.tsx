import type { Consent } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { AgreeAction, ConsentQuestion } from './consent-question.tsx';

/** 授权的资料: the consent question, asked once, or why nothing is given; what is given stands in the profile. */
export function ConsentCard({ consent }: { consent: Consent }) {
  const { t } = useTranslation();
  const { available, decision, fields } = consent;
  if (available && decision === null) return <ConsentQuestion />;
  if (decision === null || fields.length > 0) return null;
  return (
    <section className="om-card" aria-labelledby="om-consent-title">
      <h2 id="om-consent-title">{t('me.section.authorisation')}</h2>
      <div className="om-card-body">
        <p className="om-me-lead">
          {t(`me.consent.state.${decision === 'agreed' ? 'agreedWithout' : decision}`)}
        </p>
        {available ? (
          <AgreeAction label={t('me.consent.again')} />
        ) : (
          <p className="om-small-print">{t('me.consent.state.unavailable')}</p>
        )}
      </div>
    </section>
  );
}

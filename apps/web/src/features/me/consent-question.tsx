import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { declineConsent } from '../../lib/api/me.ts';
import { buildWecomStartPath, isInWecom } from '../../lib/wecom-client.ts';

/** The consent question, asked once: which fields, for what purpose, how they are stored. */
export function ConsentQuestion() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const decline = useMutation({
    mutationFn: () => declineConsent({}),
    onSuccess: () => {
      message.success(t('me.consent.declined'));
      return client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  return (
    <section className="om-card om-consent" aria-labelledby="om-consent-title">
      <h2 id="om-consent-title">{t('me.consent.title')}</h2>
      <div className="om-card-body">
        {decline.isError && <ProblemNotice error={decline.error} />}
        <ul className="om-me-points">
          <li>{t('me.consent.what')}</li>
          <li>{t('me.consent.why')}</li>
          <li>{t('me.consent.keep')}</li>
        </ul>
        <AgreeAction label={t('me.consent.agree')} isPrimary>
          <Button onClick={() => decline.mutate()} loading={decline.isPending}>
            {t('me.consent.decline')}
          </Button>
        </AgreeAction>
      </div>
    </section>
  );
}

interface AgreeActionProps {
  label: string;
  isPrimary?: boolean;
  /** Beside the button. */
  children?: ReactNode;
}

/** Link to the consent page of WeCom; a browser outside WeCom cannot open it and explains where to go. */
export function AgreeAction({ label, isPrimary = false, children }: AgreeActionProps) {
  const { t } = useTranslation();
  if (isInWecom())
    return (
      <div className="om-me-actions">
        <Button
          type={isPrimary ? 'primary' : 'default'}
          href={buildWecomStartPath({ mode: 'inApp', returnTo: '/me', authorise: true })}
        >
          {label}
        </Button>
        {children}
      </div>
    );
  return (
    <>
      <p className="om-me-lead">{t('me.consent.elsewhere')}</p>
      <CopyableCode text={`${window.location.origin}/me`} label={t('me.consent.copyAddress')} />
      {children !== undefined && <div className="om-me-actions">{children}</div>}
    </>
  );
}

import type { AuthProvider } from '@orgmirror/contracts';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { CheckRow } from '../../../components/check-row.tsx';
import { Notice } from '../../../components/notice.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { checkAuthProvider } from '../../../lib/api/auth-providers.ts';
import { EgressIpHelp } from '../connection/egress-ip-help.tsx';
import { useAuthProviderActions } from './use-auth-provider-actions.ts';

const checkIds = ['agent', 'trustedDomain', 'verificationFile'] as const;

interface ProviderCheckProps {
  provider: AuthProvider;
  /** All of them: enabling this one may replace another. */
  providers: readonly AuthProvider[];
}

/** 检查, whether WeCom's app trusts the domain, step by step, and 启用 once it does. */
export function ProviderCheck({ provider, providers }: ProviderCheckProps) {
  const { t } = useTranslation();
  const { confirmEnable, changingId } = useAuthProviderActions(providers);
  const check = useMutation({ mutationFn: () => checkAuthProvider({ params: { id: provider.id } }) });
  const run = () => check.mutate();
  const result = check.isPending ? undefined : check.data;
  const hasWarning = result?.checks.some(({ status }) => status === 'warning') ?? false;
  const replaced = provider.enabled
    ? undefined
    : providers.find(({ id, enabled }) => enabled && id !== provider.id);
  return (
    <section className="om-auth-section" aria-labelledby="om-auth-check-title">
      <div className="om-auth-head">
        <div>
          <h3 id="om-auth-check-title">{t('authentication.step.check')}</h3>
          <p className="om-small-print">{t('authentication.check.help')}</p>
        </div>
        <Button onClick={run} loading={check.isPending}>
          {t('authentication.check.run')}
        </Button>
      </div>
      {check.isError && <ProblemNotice error={check.error} onRetry={run} />}
      {result?.ok && (
        <Notice
          tone={hasWarning ? 'warning' : 'success'}
          title={t(hasWarning ? 'authentication.check.warned' : 'authentication.check.passed')}
          actions={
            !provider.enabled && (
              <Button
                type="primary"
                loading={changingId === provider.id}
                onClick={() => confirmEnable(provider)}
              >
                {t('authentication.check.enable')}
              </Button>
            )
          }
        >
          {replaced !== undefined && (
            <p>{t('authentication.enableEffect', { name: provider.name, other: replaced.name })}</p>
          )}
        </Notice>
      )}
      {(check.isPending || result) && (
        <div className="om-checks">
          <ol aria-label={t('authentication.check.label')} aria-busy={check.isPending}>
            {checkIds.map((id) => {
              const found = result?.checks.find((item) => item.id === id);
              return (
                <CheckRow
                  key={id}
                  name={t(`authentication.check.name.${id}`)}
                  status={check.isPending ? 'running' : (found?.status ?? 'skipped')}
                  errcode={found?.errcode}
                >
                  {found && <p>{found.message}</p>}
                  {found?.remedy !== undefined && <p className="om-check-remedy">{found.remedy}</p>}
                  {found?.egressIp !== undefined && (
                    <EgressIpHelp
                      ip={found.egressIp}
                      errcode={found.errcode}
                      isExplained={found.remedy !== undefined}
                      onRetry={run}
                    />
                  )}
                </CheckRow>
              );
            })}
          </ol>
        </div>
      )}
    </section>
  );
}

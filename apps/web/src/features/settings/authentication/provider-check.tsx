import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { CheckRow } from '../../../components/check-row.tsx';
import { Notice } from '../../../components/notice.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { checkAuthProvider } from '../../../lib/api/auth-providers.ts';
import { EgressIpHelp } from '../connection/egress-ip-help.tsx';

const checkIds = ['agent', 'trustedDomain', 'verificationFile'] as const;

/** 检查: whether WeCom's app trusts the domain, step by step, each with its remedy. */
export function ProviderCheck({ providerId }: { providerId: string }) {
  const { t } = useTranslation();
  const check = useMutation({ mutationFn: () => checkAuthProvider({ params: { id: providerId } }) });
  const run = () => check.mutate();
  const result = check.isPending ? undefined : check.data;
  return (
    <section className="om-auth-section" aria-labelledby="om-auth-check-title">
      <div className="om-auth-head">
        <div>
          <h3 id="om-auth-check-title">{t('authentication.check.run')}</h3>
          <p className="om-small-print">{t('authentication.check.help')}</p>
        </div>
        <Button onClick={run} loading={check.isPending}>
          {t('authentication.check.run')}
        </Button>
      </div>
      {check.isError && <ProblemNotice error={check.error} onRetry={run} />}
      {result?.ok && <Notice tone="success" title={t('authentication.check.passed')} />}
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

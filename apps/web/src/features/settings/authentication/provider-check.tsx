import type { UseMutationResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { CheckRow } from '../../../components/check-row.tsx';
import { Notice } from '../../../components/notice.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import type { checkAuthProvider } from '../../../lib/api/auth-providers.ts';
import { EgressIpHelp } from '../connection/egress-ip-help.tsx';

const checkIds = ['agent', 'trustedDomain', 'verificationFile'] as const;

interface ProviderCheckProps {
  check: UseMutationResult<Awaited<ReturnType<typeof checkAuthProvider>>, Error, string>;
  onRun: () => void;
}

/** 检查: whether WeCom's app trusts the domain, step by step. */
export function ProviderCheck({ check, onRun }: ProviderCheckProps) {
  const { t } = useTranslation();
  const result = check.isPending ? undefined : check.data;
  const hasWarning = result?.checks.some(({ status }) => status === 'warning') ?? false;
  return (
    <>
      <p>{t('authentication.check.help')}</p>
      <Button type={result?.ok ? 'default' : 'primary'} onClick={onRun} loading={check.isPending}>
        {t('authentication.check.run')}
      </Button>
      {check.isError && <ProblemNotice error={check.error} onRetry={onRun} />}
      {result?.ok && (
        <Notice
          tone={hasWarning ? 'warning' : 'success'}
          title={t(hasWarning ? 'authentication.check.warned' : 'authentication.check.passed')}
        />
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
                      onRetry={onRun}
                    />
                  )}
                </CheckRow>
              );
            })}
          </ol>
        </div>
      )}
    </>
  );
}

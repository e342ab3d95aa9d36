import type { ConnectionCheck, ConnectionTest } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { CheckRow } from '../../../components/check-row.tsx';
import { EgressIpHelp } from './egress-ip-help.tsx';
import { ReturnedFields } from './returned-fields.tsx';

const checkIds = ['credentials', 'agent', 'departments', 'members'] as const;

/** WeCom's errcode for a caller whose IP is not trusted; it names the address with other refusals too. */
const ipRefused = 60020;

interface ConnectionChecksProps {
  isRunning: boolean;
  test: ConnectionTest | undefined;
  onRetry: () => void;
}

/** The four steps of a connection test and the clock, each with what came of it and what to do. */
export function ConnectionChecks({ isRunning, test, onRetry }: ConnectionChecksProps) {
  const { t } = useTranslation();
  return (
    <section className="om-checks" aria-label={t('settings.check.label')} aria-busy={isRunning}>
      <ol>
        {checkIds.map((id) => (
          <ConnectionCheckRow
            key={id}
            id={id}
            check={isRunning ? undefined : test?.checks.find((check) => check.id === id)}
            onRetry={onRetry}
          />
        ))}
        {!isRunning && test?.clockAheadSeconds !== undefined && (
          <ClockRow aheadSeconds={test.clockAheadSeconds} />
        )}
      </ol>
      {!isRunning && test?.agent && (
        <p className="om-small-print">
          {t('settings.check.agentName')} {test.agent.name} ·{' '}
          {t('settings.check.visibleDepartments', { count: test.agent.visibleDepartmentIds.length })}
        </p>
      )}
      {!isRunning && test?.fields && <ReturnedFields fields={test.fields} />}
    </section>
  );
}

/** Farther apart than an answer is under way. */
const maxClockDifferenceSeconds = 30;

function ClockRow({ aheadSeconds }: { aheadSeconds: number }) {
  const { t } = useTranslation();
  const count = Math.abs(aheadSeconds);
  const isRight = count <= maxClockDifferenceSeconds;
  const difference = t(`settings.check.clock.${aheadSeconds > 0 ? 'ahead' : 'behind'}`, { count });
  return (
    <CheckRow name={t('settings.check.clock.name')} status={isRight ? 'passed' : 'warning'}>
      <p>{isRight ? t('settings.check.clock.right') : difference}</p>
      {!isRight && <p className="om-check-remedy">{t('settings.check.clock.remedy')}</p>}
    </CheckRow>
  );
}

interface ConnectionCheckRowProps {
  id: ConnectionCheck['id'];
  /** Undefined while it runs. */
  check: ConnectionCheck | undefined;
  onRetry: () => void;
}

function ConnectionCheckRow({ id, check, onRetry }: ConnectionCheckRowProps) {
  const { t } = useTranslation();
  return (
    <CheckRow
      name={t(`settings.check.name.${id}`)}
      status={check?.status ?? 'running'}
      errcode={check?.errcode}
    >
      {check && <p>{check.message}</p>}
      {check?.remedy !== undefined && <p className="om-check-remedy">{check.remedy}</p>}
      {check?.egressIp !== undefined && check.errcode === ipRefused && (
        <EgressIpHelp
          ip={check.egressIp}
          errcode={check.errcode}
          isExplained={check.remedy !== undefined}
          onRetry={onRetry}
        />
      )}
    </CheckRow>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { FirstRunSteps } from '../../components/first-run-steps.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { latestRunQuery } from '../../entities/runs/run-queries.ts';
import { isActiveRun } from '../../entities/runs/run-states.ts';
import { useIsAdmin, useSeesConsole } from '../../entities/session/session.ts';
import { useFirstRun } from '../../entities/settings/use-first-run.ts';
import { wecomSettingsQuery } from '../../entities/settings/wecom-settings-query.ts';

type NextStep = 'configure' | 'enable' | 'start';

function FirstRun() {
  return (
    <div className="om-first-run-place">
      <FirstRunSteps {...useFirstRun()} />
    </div>
  );
}

/** What to do while there is no directory yet, with the button for it. */
export function FirstSyncGuide({ onSync }: { onSync: () => void }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const navigate = useNavigate();
  const seesConsole = useSeesConsole();
  const settings = useQuery({ ...wecomSettingsQuery, enabled: isAdmin });
  const { data: latest } = useQuery({ ...latestRunQuery, enabled: seesConsole });
  if (latest && isActiveRun(latest))
    return <PageState title={t('org.first.running.title')} detail={t('org.first.running.detail')} />;
  if (!isAdmin) return <PageState title={t('org.first.ask.title')} detail={t('org.first.ask.detail')} />;
  return (
    <QueryContent query={settings}>
      {({ corpId, agentId, secretSet, syncEnabled }) => {
        const isConfigured = corpId !== null && agentId !== null && secretSet;
        const step: NextStep = !isConfigured ? 'configure' : syncEnabled ? 'start' : 'enable';
        return (
          <>
            <FirstRun />
            <PageState
              title={t(`org.first.${step}.title`)}
              detail={t(`org.first.${step}.detail`)}
              action={
                <Button
                  type="primary"
                  onClick={step === 'start' ? onSync : () => void navigate('/system/enterprise')}
                >
                  {t(`org.first.${step}.action`)}
                </Button>
              }
            />
          </>
        );
      }}
    </QueryContent>
  );
}

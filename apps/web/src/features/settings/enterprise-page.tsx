import type { WecomSettings } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { FirstRunSteps } from '../../components/first-run-steps.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { SkeletonRows } from '../../components/skeleton-rows.tsx';
import { syncStateQuery } from '../../entities/runs/run-queries.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useFirstRun } from '../../entities/settings/use-first-run.ts';
import { wecomSettingsQuery } from '../../entities/settings/wecom-settings-query.ts';
import { loadPageTexts } from '../../i18n/language.ts';
import { RemovalGuardForm } from './removal-guard-form.tsx';
import { RetentionForm } from './retention-form.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import { SetupChecklist } from './setup-checklist.tsx';
import { WecomCard } from './wecom-card.tsx';
import { WecomDrawer } from './wecom-drawer.tsx';
import './settings.css';

// Its code and texts come when it is first opened.
const AuthenticationTab = lazy(async () => {
  const [{ AuthenticationTab }] = await Promise.all([
    import('./authentication/authentication-tab.tsx'),
    loadPageTexts('authentication'),
  ]);
  return { default: AuthenticationTab };
});

const NoticesTab = lazy(async () => {
  const [{ NoticesTab }] = await Promise.all([import('./notices/notices-tab.tsx'), loadPageTexts('notices')]);
  return { default: NoticesTab };
});

const tabs = ['integrations', 'authentication', 'notices'] as const;

/** 系统 / 企业设置; the address holds the tab and the open drawer. */
export function EnterprisePage() {
  const { t } = useTranslation();
  const query = useQuery(wecomSettingsQuery);
  const isAdmin = useIsAdmin();
  const firstRun = useFirstRun();
  const isNeverSynced = useQuery(syncStateQuery).data?.lastFullSync === null;
  const [params, setParams] = useSearchParams();
  const tab = tabs.find((name) => name === params.get('tab')) ?? tabs[0];
  const change = (name: 'tab' | 'drawer', value: string | null, replace: boolean) =>
    setParams(
      (current) => {
        if (value === null) current.delete(name);
        else current.set(name, value);
        return current;
      },
      { replace },
    );
  return (
    <>
      <PageHeader title={t('settings.title')} />
      {isAdmin && isNeverSynced && <FirstRunSteps {...firstRun} />}
      <QueryContent query={query}>
        {(settings) => (
          <>
            <Tabs
              className="om-settings-tabs"
              activeKey={tab}
              onTabClick={(key) => change('tab', key, true)}
              items={[
                {
                  key: 'integrations',
                  label: t('settings.tab.integrations'),
                  children: (
                    <Integrations settings={settings} onConfigure={() => change('drawer', 'wecom', false)} />
                  ),
                },
                {
                  key: 'authentication',
                  label: t('settings.tab.authentication'),
                  children: (
                    <Suspense fallback={<SkeletonRows />}>
                      <AuthenticationTab />
                    </Suspense>
                  ),
                },
                {
                  key: 'notices',
                  label: t('settings.tab.notices'),
                  children: (
                    <Suspense fallback={<SkeletonRows />}>
                      <NoticesTab />
                    </Suspense>
                  ),
                },
              ]}
            />
            {isAdmin && (
              <WecomDrawer
                settings={settings}
                isOpen={params.get('drawer') === 'wecom'}
                onClose={() => change('drawer', null, true)}
              />
            )}
          </>
        )}
      </QueryContent>
    </>
  );
}

interface IntegrationsProps {
  settings: WecomSettings;
  onConfigure: () => void;
}

/** 三方设置: the WeCom connection with how far its set-up is, and what holds for its syncs. */
function Integrations({ settings, onConfigure }: IntegrationsProps) {
  const { schedule, timeZone, removalGuard, retentionDays } = settings;
  return (
    <div className="om-settings">
      <div className="om-settings-main">
        <WecomCard settings={settings} onConfigure={onConfigure} />
        <ScheduleCard key={JSON.stringify([schedule, timeZone])} settings={settings} />
        <RemovalGuardForm key={JSON.stringify(removalGuard)} guard={removalGuard} />
        <RetentionForm key={retentionDays} retentionDays={retentionDays} />
      </div>
      <SetupChecklist settings={settings} />
    </div>
  );
}

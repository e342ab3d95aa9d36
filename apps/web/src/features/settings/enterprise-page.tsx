import type { WecomSettings } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams, useSearchParams } from 'react-router-dom';
import { FirstRunSteps } from '../../components/first-run-steps.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { SkeletonRows } from '../../components/skeleton-rows.tsx';
import { syncStateQuery } from '../../entities/runs/run-queries.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useFirstRun } from '../../entities/settings/use-first-run.ts';
import { wecomSettingsQuery } from '../../entities/settings/wecom-settings-query.ts';
import { loadPageTexts } from '../../i18n/language.ts';
import { CallbackCard } from './callbacks/callback-card.tsx';
import { ConnectionPart } from './connection-part.tsx';
import { PartNav } from './part-nav.tsx';
import { QrSwitch } from './qr-switch.tsx';
import { parts, resolvePartAddress, type SettingsPart } from './settings-parts.ts';
import { SyncPart } from './sync/sync-part.tsx';
import './parts.css';
import './settings.css';

// Code and texts of these come when they are first opened.
const AuthenticationCard = lazy(async () => {
  const [{ AuthenticationCard }] = await Promise.all([
    import('./authentication/authentication-card.tsx'),
    loadPageTexts('authentication'),
  ]);
  return { default: AuthenticationCard };
});

const NoticesPart = lazy(async () => {
  const [{ NoticesPart }] = await Promise.all([
    import('./notices/notices-part.tsx'),
    loadPageTexts('notices'),
  ]);
  return { default: NoticesPart };
});

/** 系统 / 企业设置; the address holds the part and what is open in it. */
export function EnterprisePage() {
  const { t } = useTranslation();
  const query = useQuery(wecomSettingsQuery);
  const isAdmin = useIsAdmin();
  const firstRun = useFirstRun();
  const isNeverSynced = useQuery(syncStateQuery).data?.lastFullSync === null;
  const [search] = useSearchParams();
  const { part: named } = useParams();
  const part = parts.find((one) => one === named);
  if (part === undefined) return <Navigate to={resolvePartAddress(search)} replace />;
  return (
    <>
      <PageHeader title={t('settings.title')} />
      {isAdmin && isNeverSynced && <FirstRunSteps {...firstRun} />}
      <div className="om-settings">
        <PartNav current={part} />
        <div className="om-settings-part">
          <QueryContent query={query}>
            {(settings) => (
              <Suspense fallback={<SkeletonRows />}>
                <Part part={part} settings={settings} />
              </Suspense>
            )}
          </QueryContent>
        </div>
      </div>
    </>
  );
}

function Part({ part, settings }: { part: SettingsPart; settings: WecomSettings }) {
  switch (part) {
    case 'connection':
      return <ConnectionPart settings={settings} />;
    case 'sync':
      return <SyncPart settings={settings} />;
    case 'events':
      return <CallbackCard settings={settings} />;
    case 'sign-in':
      return (
        <>
          <AuthenticationCard />
          <div className="om-card">
            <QrSwitch settings={settings} isBesideProviders />
          </div>
        </>
      );
    case 'notifications':
      return <NoticesPart />;
  }
}

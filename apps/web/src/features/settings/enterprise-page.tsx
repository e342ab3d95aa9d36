import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { useIsAdmin } from '../../lib/session.ts';
import { wecomSettingsQuery } from '../../lib/settings-query.ts';
import { RemovalGuardForm } from './removal-guard-form.tsx';
import { SetupChecklist } from './setup-checklist.tsx';
import { WecomCard } from './wecom-card.tsx';
import { WecomDrawer } from './wecom-drawer.tsx';
import './settings.css';

/** 系统 / 企业设置: the WeCom connection, how far its set-up is, and the removal guard. */
export function EnterprisePage() {
  const { t } = useTranslation();
  const query = useQuery(wecomSettingsQuery);
  const isAdmin = useIsAdmin();
  const [params, setParams] = useSearchParams();
  const setDrawer = (isOpen: boolean) => setParams(isOpen ? { drawer: 'wecom' } : {}, { replace: !isOpen });
  return (
    <>
      <PageHeader title={t('settings.title')} />
      <QueryContent query={query}>
        {(settings) => (
          <div className="om-settings">
            <section className="om-settings-main" aria-labelledby="om-integrations">
              <h2 id="om-integrations" className="om-section-title">
                {t('settings.tab.integrations')}
              </h2>
              <WecomCard settings={settings} onConfigure={() => setDrawer(true)} />
              <RemovalGuardForm key={JSON.stringify(settings.removalGuard)} guard={settings.removalGuard} />
            </section>
            <SetupChecklist settings={settings} />
            {isAdmin && (
              <WecomDrawer
                settings={settings}
                isOpen={params.get('drawer') === 'wecom'}
                onClose={() => setDrawer(false)}
              />
            )}
          </div>
        )}
      </QueryContent>
    </>
  );
}

import type { WecomSettings } from '@orgmirror/contracts';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useTestConnection } from './connection/use-test-connection.ts';
import { SetupChecklist } from './setup-checklist.tsx';
import { WecomCard } from './wecom-card.tsx';
import { WecomDrawer } from './wecom-drawer.tsx';

/** 连接: how far the set-up is, the WeCom card and its drawer, which the address holds. */
export function ConnectionPart({ settings }: { settings: WecomSettings }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isAdmin = useIsAdmin();
  const [params, setParams] = useSearchParams();
  const connection = useTestConnection();
  const configure = () => setParams({ drawer: 'wecom' });
  const test = () =>
    connection.mutate(
      {},
      { onSuccess: ({ ok }) => ok && message.success(t('settings.card.status.connected')) },
    );
  return (
    <>
      <SetupChecklist
        settings={settings}
        onConfigure={configure}
        onTest={test}
        isTesting={connection.isPending}
      />
      <WecomCard settings={settings} connection={connection} onTest={test} onConfigure={configure} />
      {isAdmin && (
        <WecomDrawer
          settings={settings}
          isOpen={params.get('drawer') === 'wecom'}
          onClose={() => setParams({}, { replace: true })}
        />
      )}
    </>
  );
}

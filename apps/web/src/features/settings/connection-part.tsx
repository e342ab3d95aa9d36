import type { WecomSettings } from '@orgmirror/contracts';
import { useSearchParams } from 'react-router-dom';
import { useIsAdmin } from '../../entities/session/session.ts';
import { SetupChecklist } from './setup-checklist.tsx';
import { WecomCard } from './wecom-card.tsx';
import { WecomDrawer } from './wecom-drawer.tsx';

/** 连接: how far the set-up is, the WeCom card and its drawer, which the address holds. */
export function ConnectionPart({ settings }: { settings: WecomSettings }) {
  const isAdmin = useIsAdmin();
  const [params, setParams] = useSearchParams();
  return (
    <>
      <SetupChecklist settings={settings} />
      <WecomCard settings={settings} onConfigure={() => setParams({ drawer: 'wecom' })} />
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

import { useState } from 'react';
import { useStartSync } from '../../entities/runs/use-start-sync.ts';
import { useUnlessPlanWaits } from '../../entities/runs/use-unless-plan-waits.ts';
import { useIsAdmin, useSeesConsole } from '../../entities/session/session.ts';
import { OrgPage } from '../../features/directory/org-page.tsx';
import { FirstSyncGuide } from '../../features/sync/first-sync-guide.tsx';
import { LastSyncNote } from '../../features/sync/last-sync-note.tsx';
import { SyncBanner } from '../../features/sync/sync-banner.tsx';
import { SyncDialog } from '../../features/sync/sync-dialog.tsx';

/** The directory with the sync around it: two features that only meet here. */
export function OrgRoute() {
  const isAdmin = useIsAdmin();
  const seesConsole = useSeesConsole();
  const start = useStartSync();
  const [isDialogOpen, setDialogOpen] = useState(false);
  const open = () => setDialogOpen(true);
  const close = () => setDialogOpen(false);
  const preview = useUnlessPlanWaits({
    isEnabled: isAdmin,
    start: () => start.mutate('preview'),
    ask: open,
  });
  return (
    <>
      <OrgPage
        note={seesConsole && <LastSyncNote />}
        banner={seesConsole && <SyncBanner />}
        firstSync={<FirstSyncGuide onSync={open} />}
        onSync={isAdmin ? open : undefined}
        onPreview={isAdmin ? preview : undefined}
      />
      <SyncDialog
        isOpen={isDialogOpen}
        isStarting={start.isPending}
        onStart={(mode) => start.mutate(mode, { onSettled: close })}
        onClose={close}
      />
    </>
  );
}

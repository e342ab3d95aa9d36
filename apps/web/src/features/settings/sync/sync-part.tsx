import type { WecomSettings } from '@orgmirror/contracts';
import { SavedForm } from '../saved-form/saved-form.tsx';
import { useSavedForm } from '../saved-form/use-saved-form.ts';
import { RemovalGuardCard } from './removal-guard-card.tsx';
import { RetentionCard } from './retention-card.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import { buildSyncBody, listSyncFields, readSyncValues, syncFieldNames } from './sync-values.ts';
import { useSaveSyncSettings } from './use-save-sync-settings.ts';

/** 同步与保护: when a sync starts by itself, what it may remove, how long the data of leavers stay. */
export function SyncPart({ settings }: { settings: WecomSettings }) {
  const { mutateAsync } = useSaveSyncSettings();
  const saved = readSyncValues(settings);
  const state = useSavedForm({
    saved,
    listFields: listSyncFields,
    fieldNames: syncFieldNames,
    save: async (entered, changed) => readSyncValues(await mutateAsync(buildSyncBody(entered, changed))),
  });
  return (
    <SavedForm name="sync" saved={saved} state={state}>
      <ScheduleCard settings={settings} entered={state.entered} />
      <RemovalGuardCard entered={state.entered} saved={saved} />
      <RetentionCard entered={state.entered} saved={saved} />
    </SavedForm>
  );
}

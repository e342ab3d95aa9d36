import type { WecomSettings } from '@orgmirror/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { App, type FormInstance } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wecomSettingsQuery } from '../../entities/settings/wecom-settings-query.ts';
import { showFieldErrors } from '../../lib/forms/show-field-errors.ts';
import { getProblemCode } from '../../lib/http/problem-error.ts';
import { CorpChangeEffect } from './directory-effect.tsx';
import { useSaveWecomSettings } from './use-save-wecom-settings.ts';
import type { WecomFormValues } from './wecom-fields.tsx';

interface SaveFlowInput {
  form: FormInstance<WecomFormValues>;
  /** The settings that the form was filled from. */
  base: WecomSettings;
  onSaved: (settings: WecomSettings) => void;
  /** Called with newer settings of another admin, when the user chose to load them. */
  onLatest: (settings: WecomSettings) => void;
}

/** Saves the settings, with two confirmations: another corp, and newer settings of another admin. */
export function useSaveFlow({ form, base, onSaved, onLatest }: SaveFlowInput) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const mutation = useSaveWecomSettings();
  const [error, setError] = useState<unknown>(null);

  const confirmLoadLatest = async () => {
    const isWanted = await modal.confirm({
      title: t('settings.drawer.conflictTitle'),
      content: t('settings.drawer.conflictDetail'),
      okText: t('settings.drawer.conflictLoad'),
      cancelText: t('common.unsaved.stay'),
    });
    if (isWanted) onLatest(await client.fetchQuery({ ...wecomSettingsQuery, staleTime: 0 }));
  };

  const confirmChangeCorp = async (corpId: string) =>
    modal.confirm({
      title: t('settings.drawer.corpChangeTitle'),
      content: <CorpChangeEffect corpId={corpId} />,
      okText: t('settings.drawer.corpChangeConfirm'),
      okButtonProps: { danger: true },
    });

  /** True once saved; otherwise what went wrong is on the screen. */
  const save = async (values: WecomFormValues, confirmCorpChange = false): Promise<boolean> => {
    setError(null);
    try {
      onSaved(await mutation.mutateAsync(buildSaveBody(values, base.version, confirmCorpChange)));
      return true;
    } catch (failure) {
      const code = getProblemCode(failure);
      if (code === 'settings.version_conflict') {
        await confirmLoadLatest();
        return false;
      }
      if (code === 'settings.corp_changed' && !confirmCorpChange)
        return (await confirmChangeCorp(values.corpId.trim())) ? save(values, true) : false;
      if (!showFieldErrors(form, failure, ['corpId', 'agentId', 'secret'])) setError(failure);
      return false;
    }
  };

  return {
    save,
    isSaving: mutation.isPending,
    error,
    reset: () => setError(null),
    /** Says how the test after the save went; true when the drawer may close. */
    reportTest(ok: boolean): boolean {
      if (ok) message.success(t('settings.drawer.savedOk'));
      else message.warning(t('settings.drawer.savedNotOk'));
      return ok;
    },
  };
}

const buildSaveBody = ({ corpId, agentId, secret }: WecomFormValues, version: number, confirm: boolean) => ({
  corpId: corpId.trim(),
  agentId: agentId.trim(),
  ...(secret.trim() !== '' && { secret: secret.trim() }),
  version,
  ...(confirm && { confirmCorpChange: true }),
});

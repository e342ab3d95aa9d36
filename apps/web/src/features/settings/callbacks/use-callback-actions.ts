import type { CallbackSource } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { wecomSettingsQuery } from '../../../entities/settings/wecom-settings-query.ts';
import { deleteCallback, saveCallback } from '../../../lib/api/wecom-events.ts';
import type { GeneratedKeys } from './keys-dialog.tsx';

/** Generates and deletes the keys of a callback URL; asks first when that breaks a working one. */
export function useCallbackActions(source: CallbackSource, onGenerated: (keys: GeneratedKeys) => void) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const params = { source };
  const onSettled = () => client.invalidateQueries({ queryKey: wecomSettingsQuery.queryKey });
  const generate = useMutation({
    mutationFn: () => saveCallback({ params, body: { generate: true } }),
    onSuccess: ({ url, token = '', encodingAesKey = '' }) =>
      onGenerated({ source, url, token, encodingAesKey }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: () => deleteCallback({ params }),
    onSuccess: () => message.success(t('events.endpoint.removed')),
    onSettled,
  });
  return {
    generate: () => generate.mutate(),
    confirmGenerate: () =>
      modal.confirm({
        title: t('events.endpoint.regenerateTitle'),
        content: t('events.endpoint.regenerateEffect'),
        okText: t('events.endpoint.regenerate'),
        okButtonProps: { danger: true },
        onOk: () => generate.mutate(),
      }),
    confirmRemove: () =>
      modal.confirm({
        title: t('events.endpoint.removeTitle', { name: t(`events.endpoint.name.${source}`) }),
        content: t('events.endpoint.removeEffect'),
        okText: t('events.endpoint.remove'),
        okButtonProps: { danger: true },
        onOk: () => remove.mutate(),
      }),
    isGenerating: generate.isPending,
    isRemoving: remove.isPending,
    error: generate.error ?? remove.error,
  };
}

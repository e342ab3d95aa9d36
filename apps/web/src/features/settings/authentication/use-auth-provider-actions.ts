import type { AuthProvider } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { deleteAuthProvider, updateAuthProvider } from '../../../lib/api/auth-providers.ts';
import { getProblemTitle } from '../../../lib/http/problem-error.ts';
import { refreshAuthProviders } from './auth-providers-query.ts';

/** Enables a provider; disables and deletes one, each after a confirmation that states its effect. */
export function useAuthProviderActions() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const refresh = {
    onError: (error: Error) => message.error(getProblemTitle(error) ?? t('common.error.network.title')),
    onSettled: () => refreshAuthProviders(client),
  };
  const update = useMutation({
    mutationFn: ({ id, enabled }: Pick<AuthProvider, 'id' | 'enabled'>) =>
      updateAuthProvider({ params: { id }, body: { enabled } }),
    onSuccess: ({ enabled }) =>
      message.success(t(enabled ? 'authentication.enabled' : 'authentication.disabled')),
    ...refresh,
  });
  const remove = useMutation({
    mutationFn: ({ id }: AuthProvider) => deleteAuthProvider({ params: { id } }),
    onSuccess: () => message.success(t('authentication.deleted')),
    ...refresh,
  });

  const confirmDisable = ({ id, name }: AuthProvider) =>
    modal.confirm({
      title: t('authentication.disableTitle', { name }),
      content: t('authentication.disableEffect'),
      okText: t('authentication.disable'),
      okButtonProps: { danger: true },
      focusable: { autoFocusButton: 'cancel' },
      onOk: () => update.mutate({ id, enabled: false }),
    });
  const confirmDelete = (provider: AuthProvider) =>
    modal.confirm({
      title: t('authentication.deleteTitle', { name: provider.name }),
      content: t(provider.enabled ? 'authentication.deleteEffect' : 'authentication.deleteEffectOff'),
      okText: t('authentication.delete'),
      okButtonProps: { danger: true },
      focusable: { autoFocusButton: 'cancel' },
      onOk: () => remove.mutate(provider),
    });
  return {
    enable: ({ id }: AuthProvider) => update.mutate({ id, enabled: true }),
    confirmDisable,
    confirmDelete,
    changingId: update.isPending ? update.variables.id : null,
  };
}

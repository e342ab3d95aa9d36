import type { Administrator } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSignedInUser } from '../../entities/session/session.ts';
import { createPasswordReset, updateLocalAccount } from '../../lib/api/administrators.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';
import { administratorsKey } from './administrators-query.ts';
import type { IssuedLink } from './issued-link.ts';

/** What an admin does with a local account, each with its effect named before. */
export function useAccountActions(onIssued: (issued: IssuedLink) => void) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const own = useSignedInUser();
  const refresh = {
    onError: (error: Error) => message.error(getProblemTitle(error) ?? t('common.error.network.title')),
    onSettled: () => client.invalidateQueries({ queryKey: administratorsKey }),
  };
  const update = useMutation({
    mutationFn: ({ id, enabled }: Pick<Administrator, 'id' | 'enabled'>) =>
      updateLocalAccount({ params: { id }, body: { enabled } }),
    onSuccess: ({ enabled, displayName: name }) =>
      message.success(t(enabled ? 'administrators.enabledDone' : 'administrators.disable.done', { name })),
    ...refresh,
  });
  const changeRole = useMutation({
    mutationFn: ({ id, role }: Pick<Administrator, 'id'> & { role: 'admin' | 'auditor' }) =>
      updateLocalAccount({ params: { id }, body: { role } }),
    onSuccess: ({ role, displayName: name }) =>
      message.success(t('administrators.role.done', { name, role: t(`common.role.${role}`) })),
    ...refresh,
  });
  const reset = useMutation({
    mutationFn: ({ id }: Administrator) => createPasswordReset({ params: { id } }),
    onSuccess: (link, { displayName: username }) => onIssued({ username, link }),
    ...refresh,
  });
  return {
    isOwn: ({ kind, id }: Administrator) => own.kind === kind && own.id === id,
    enable: ({ id }: Administrator) => update.mutate({ id, enabled: true }),
    confirmDisable: ({ id, displayName: name }: Administrator) =>
      modal.confirm({
        title: t('administrators.disable.title', { name }),
        content: t('administrators.disable.effect'),
        okText: t('administrators.disable.action'),
        okButtonProps: { danger: true },
        focusable: { autoFocusButton: 'cancel' },
        onOk: () => update.mutate({ id, enabled: false }),
      }),
    confirmRole: ({ id, displayName: name, role: before }: Administrator) => {
      const role = before === 'admin' ? 'auditor' : 'admin';
      modal.confirm({
        title: t('administrators.role.title', { name, role: t(`common.role.${role}`) }),
        content: `${t(`administrators.add.may.${role}`)}${t('administrators.role.effect')}`,
        okText: t('administrators.role.confirm'),
        focusable: { autoFocusButton: 'cancel' },
        onOk: () => changeRole.mutate({ id, role }),
      });
    },
    confirmReset: (account: Administrator) =>
      modal.confirm({
        title: t('administrators.reset.title', { name: account.displayName }),
        content: t('administrators.reset.effect'),
        okText: t('administrators.reset.confirm'),
        onOk: () => reset.mutate(account),
      }),
  };
}

import type { WecomSettings } from '@orgmirror/contracts';
import { App, Switch, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { isConfigured } from './connection/connection-status.ts';
import { SyncOffEffect } from './directory-effect.tsx';
import { useSaveSyncSettings } from './sync/use-save-sync-settings.ts';

/** 同步组织架构: switches on at once, off after a confirmation; disabled until the connection is configured. */
export function SyncSwitch({ settings }: { settings: WecomSettings }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const isAdmin = useIsAdmin();
  const save = useSaveSyncSettings();
  const reason = !isAdmin
    ? t('settings.card.readOnly')
    : isConfigured(settings)
      ? undefined
      : t('settings.card.syncNeedsSettings');

  const toggle = (enabled: boolean) =>
    save
      .mutateAsync({ enabled })
      .then(() => message.success(t(enabled ? 'settings.card.syncOn' : 'settings.card.syncOff')))
      .catch(() => undefined); // shown below from the mutation's own state
  const change = (enabled: boolean) => {
    if (enabled) return void toggle(true);
    modal.confirm({
      title: t('settings.card.syncOffTitle'),
      content: <SyncOffEffect />,
      okText: t('settings.card.turnOff'),
      onOk: () => toggle(false),
    });
  };

  return (
    <div className="om-wecom-switch">
      <span id="om-sync-switch">{t('settings.card.syncSwitch')}</span>
      <Tooltip title={reason}>
        {/* The span takes the pointer: a disabled switch reports none. */}
        <span>
          <Switch
            checked={settings.syncEnabled}
            disabled={reason !== undefined}
            loading={save.isPending}
            onChange={change}
            aria-labelledby="om-sync-switch"
          />
        </span>
      </Tooltip>
      {reason !== undefined && <span className="om-small-print">{reason}</span>}
      {save.isError && <ProblemNotice error={save.error} />}
    </div>
  );
}

import type { WecomSettings } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { App, Switch, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { authProvidersQuery } from './authentication/auth-providers-query.ts';
import { useSaveSyncSettings } from './sync/use-save-sync-settings.ts';

interface QrSwitchProps {
  settings: WecomSettings;
  /** Whether it stands where providers are added: no link leads there then. */
  isBesideProviders?: boolean;
}

/** 扫码登录: QR sign-in in desktop browsers; disabled until an authentication provider is enabled. */
export function QrSwitch({ settings, isBesideProviders = false }: QrSwitchProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isAdmin = useIsAdmin();
  const save = useSaveSyncSettings();
  const { data: providers } = useQuery({ ...authProvidersQuery, enabled: isAdmin });
  const needsProvider = providers !== undefined && !providers.some(({ enabled }) => enabled);
  const reason = !isAdmin
    ? t('settings.card.readOnly')
    : needsProvider
      ? t('settings.card.qrNeedsProvider')
      : undefined;
  const toggle = (qrSignInEnabled: boolean) =>
    save.mutate(
      { qrSignInEnabled },
      { onSuccess: () => message.success(t(qrSignInEnabled ? 'settings.card.qrOn' : 'settings.card.qrOff')) },
    );
  return (
    <div className="om-wecom-switch">
      <span id="om-qr-switch">{t('settings.card.qrSwitch')}</span>
      <Tooltip title={reason}>
        {/* The span takes the pointer: a disabled switch reports none. */}
        <span>
          <Switch
            checked={settings.qrSignInEnabled}
            disabled={reason !== undefined || (isAdmin && providers === undefined)}
            loading={save.isPending}
            onChange={toggle}
            aria-labelledby="om-qr-switch"
          />
        </span>
      </Tooltip>
      {reason !== undefined && <span className="om-small-print">{reason}</span>}
      {isAdmin && needsProvider && !isBesideProviders && (
        <Link to="/system/enterprise/sign-in">{t('settings.card.toAuthentication')}</Link>
      )}
      {save.isError && <ProblemNotice error={save.error} />}
    </div>
  );
}

import type { AuthProvider } from '@orgmirror/contracts';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { ConsoleValues } from './console-values.tsx';

interface ProviderDrawerProps {
  /** Undefined while the drawer is closed. */
  provider: AuthProvider | undefined;
  onClose: () => void;
}

/** One authentication provider for those who may only read. */
export function ProviderDrawer({ provider, onClose }: ProviderDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer open={provider !== undefined} onClose={onClose} size={600} title={provider?.name}>
      {provider && (
        <>
          <dl className="om-facts">
            <dt>{t('authentication.column.description')}</dt>
            <dd>{provider.description || t('common.value.none')}</dd>
            <dt>{t('authentication.drawer.scope')}</dt>
            <dd>{t(`authentication.drawer.scopes.${provider.scope}.name`)}</dd>
            <dt>{t('authentication.file.title')}</dt>
            <dd>{provider.verificationFileName ?? t('common.value.none')}</dd>
          </dl>
          <h3 className="om-auth-step">{t('authentication.step.console')}</h3>
          <ConsoleValues provider={provider} />
        </>
      )}
    </Drawer>
  );
}

import type { AuthProvider } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../../components/copyable-code.tsx';

/** Values to enter in the WeCom console, ready to copy, each with the place to enter it. */
export function ConsoleValues({ provider }: { provider: AuthProvider }) {
  const { t } = useTranslation();
  return (
    <dl className="om-console-values">
      <div>
        <dt>{t('authentication.console.domain')}</dt>
        <dd>
          <CopyableCode text={provider.trustedDomain} label={t('authentication.console.copyDomain')} />
          <p>{t('authentication.console.domainWhere')}</p>
        </dd>
      </div>
      <div>
        <dt>{t('authentication.console.redirectDomain')}</dt>
        <dd>
          {/* WeCom's field takes a host and a port, no address. */}
          <CopyableCode
            text={new URL(provider.redirectUri).host}
            label={t('authentication.console.copyRedirectDomain')}
          />
          <p>{t('authentication.console.redirectDomainWhere', { address: provider.redirectUri })}</p>
        </dd>
      </div>
      <div>
        <dt>{t('authentication.console.authorizeUrl')}</dt>
        <dd>
          {provider.authorizeUrl === null ? (
            <span className="om-quiet">{t('authentication.console.noAuthorizeUrl')}</span>
          ) : (
            <CopyableCode text={provider.authorizeUrl} label={t('authentication.console.copyAuthorizeUrl')} />
          )}
          <p>{t('authentication.console.authorizeUrlWhere')}</p>
        </dd>
      </div>
    </dl>
  );
}

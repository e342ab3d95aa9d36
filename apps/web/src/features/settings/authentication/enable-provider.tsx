import type { AuthProvider } from '@orgmirror/contracts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAuthProviderActions } from './use-auth-provider-actions.ts';

interface EnableProviderProps {
  provider: AuthProvider;
  /** All of them: enabling this one may replace another. */
  providers: readonly AuthProvider[];
  isChecked: boolean;
}

/** 启用, once the check has passed; says what changes before it does. */
export function EnableProvider({ provider, providers, isChecked }: EnableProviderProps) {
  const { t } = useTranslation();
  const { enable, changingId } = useAuthProviderActions();
  if (provider.enabled) return <p>{t('authentication.check.isEnabled')}</p>;
  const { id, name } = provider;
  const replaced = providers.find((other) => other.enabled && other.id !== id);
  return (
    <>
      <p>
        {replaced === undefined
          ? t('authentication.check.enableEffect')
          : t('authentication.enableEffect', { name, other: replaced.name })}
      </p>
      <div className="om-step-actions">
        <Button
          type="primary"
          disabled={!isChecked}
          loading={changingId === id}
          onClick={() => enable(provider)}
        >
          {t('authentication.check.enable')}
        </Button>
        {!isChecked && <span className="om-small-print">{t('authentication.check.checkFirst')}</span>}
      </div>
    </>
  );
}

import type { AuthScope } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';

const scopes = ['snsapi_base', 'snsapi_privateinfo'] as const satisfies readonly AuthScope[];

interface ScopeChoiceProps {
  id?: string;
  /** Left out inside a form, which hands it over. */
  value?: AuthScope;
  onChange?: (scope: AuthScope) => void;
}

/** What WeCom is asked for, each choice with what it brings and what it needs. */
export function ScopeChoice({ id, value, onChange }: ScopeChoiceProps) {
  const { t } = useTranslation();
  return (
    <div id={id} role="radiogroup" aria-label={t('authentication.drawer.scope')} className="om-scopes">
      {scopes.map((scope) => (
        <label key={scope} className="om-scope">
          <input
            type="radio"
            name="auth-scope"
            value={scope}
            checked={value === scope}
            onChange={() => onChange?.(scope)}
          />
          <span>
            <b>{t(`authentication.drawer.scopes.${scope}.name`)}</b> <code>{scope}</code>
            <small>{t(`authentication.drawer.scopes.${scope}.help`)}</small>
          </span>
        </label>
      ))}
    </div>
  );
}

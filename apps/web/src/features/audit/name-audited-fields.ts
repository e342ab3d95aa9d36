import type { AuditEntry } from '@orgmirror/contracts';

/** Fields of an authentication that the settings have too, by what they mean here. */
const ofAuthentication: Readonly<Record<string, string>> = {
  enabled: 'providerEnabled',
  disabled: 'replaced',
  scope: 'authScope',
};

/**
 * The recorded values of an entry under the names by which they are shown: some mean another thing elsewhere.
 */
export function nameAuditedFields(
  { action }: Pick<AuditEntry, 'action'>,
  values: AuditEntry['after'],
): AuditEntry['after'] {
  if (values === null || !action.startsWith('auth_provider.')) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [ofAuthentication[name] ?? name, value]),
  );
}

import type { ConnectionState, WecomSettings } from '@orgmirror/contracts';

export type ConnectionStatus = 'notConfigured' | 'notVerified' | 'connected' | 'failed';

/** Whether all three values are there; without them nothing can be tested or synced. */
export const isConfigured = ({ corpId, agentId, secretSet }: WecomSettings): boolean =>
  corpId !== null && agentId !== null && secretSet;

/** What the card's tag says: how the latest real call went, whether a test, a sync or an event made it. */
export function getConnectionStatus(settings: WecomSettings): ConnectionStatus {
  if (!isConfigured(settings)) return 'notConfigured';
  const { lastSuccess, lastFailure } = settings.connection;
  if (lastSuccess === null && lastFailure === null) return 'notVerified';
  return findCurrentFailure(settings.connection) === null ? 'connected' : 'failed';
}

/** The latest failure, unless a later call went through. */
export function findCurrentFailure({
  lastSuccess,
  lastFailure,
}: ConnectionState): ConnectionState['lastFailure'] {
  if (lastFailure === null || lastSuccess === null) return lastFailure;
  return Date.parse(lastFailure.at) > Date.parse(lastSuccess.at) ? lastFailure : null;
}

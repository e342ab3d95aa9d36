import type { WecomSettings } from '@orgmirror/contracts';

export type ConnectionStatus = 'notConfigured' | 'notVerified' | 'connected' | 'failed';

/** Whether all three values are there; without them nothing can be tested or synced. */
export const isConfigured = ({ corpId, agentId, secretSet }: WecomSettings): boolean =>
  corpId !== null && agentId !== null && secretSet;

/** What the card's tag says. */
export function getConnectionStatus(settings: WecomSettings): ConnectionStatus {
  if (!isConfigured(settings)) return 'notConfigured';
  if (settings.lastTest === null) return 'notVerified';
  return settings.lastTest.ok ? 'connected' : 'failed';
}

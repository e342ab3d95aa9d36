import type { CallbackEndpoint } from '@orgmirror/contracts';

/** The furthest first. */
export const callbackStates = ['verified', 'unverified', 'off'] as const;

/** How far the set-up of a callback URL is. */
export function getCallbackState({ configured, verifiedAt }: CallbackEndpoint) {
  if (!configured) return 'off';
  return verifiedAt === null ? 'unverified' : 'verified';
}

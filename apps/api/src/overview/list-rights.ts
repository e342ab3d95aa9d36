import type { CallbackEndpoint, CallbackSettings, ConnectionState, WecomRight } from '@orgmirror/contracts';
import type { SavedConnection } from '../connection/wecom-connection-repository.ts';
import type { AuthProvider } from '../platform/database/generated/client.ts';
import { findCurrentFailure } from './find-concerns.ts';

/** What WeCom lets this server do, since when, and when it last did. */
export function listRights({
  saved,
  connection,
  callback,
  provider,
  lastSignInAt,
}: {
  saved: SavedConnection | null;
  connection: ConnectionState;
  callback: CallbackSettings;
  /** The enabled one. */
  provider: AuthProvider | null;
  lastSignInAt: Date | null;
}): WecomRight[] {
  const used = connection.lastSuccess?.at ?? null;
  return [
    {
      id: 'contacts',
      state: judge(saved !== null, used, findCurrentFailure(connection) !== null),
      since: saved?.secretUpdatedAt.toISOString() ?? null,
      lastUsedAt: used,
    },
    presentEvents('appEvents', callback.app),
    presentEvents('contactsEvents', callback.contacts),
    {
      id: 'signIn',
      state: judge(provider !== null, lastSignInAt),
      since: provider?.createdAt.toISOString() ?? null,
      lastUsedAt: lastSignInAt?.toISOString() ?? null,
    },
  ];
}

const presentEvents = (id: WecomRight['id'], endpoint: CallbackEndpoint): WecomRight => ({
  id,
  state: judge(endpoint.configured, endpoint.lastEventAt, endpoint.configured && !endpoint.verifiedAt),
  since: endpoint.verifiedAt,
  lastUsedAt: endpoint.lastEventAt,
});

function judge(isSetUp: boolean, lastUsed: Date | string | null, isFailing = false): WecomRight['state'] {
  if (!isSetUp) return 'off';
  if (isFailing) return 'failing';
  return lastUsed === null ? 'unused' : 'working';
}

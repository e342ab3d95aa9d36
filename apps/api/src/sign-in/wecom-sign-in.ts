import type { WecomClient } from '@orgmirror/wecom';
import { findEnabledProvider } from '../auth-providers/auth-provider-repository.ts';
import type { AuthProvider, PrismaClient } from '../database/generated/client.ts';
import type { SecretBox } from '../secret-box.ts';
import { type ConnectWecom, openCredentials, type WecomCredentials } from '../settings/connect-wecom.ts';
import { findConnection, type SavedConnection } from '../settings/wecom-connection-repository.ts';

/** What members sign in by: the enabled authentication and the connection that it takes its credentials from. */
export interface WecomSignIn {
  provider: AuthProvider;
  connection: SavedConnection;
}

/** Null while members cannot sign in by WeCom. */
export async function findWecomSignIn(prisma: PrismaClient): Promise<WecomSignIn | null> {
  const provider = await findEnabledProvider(prisma);
  const connection = provider && (await findConnection(prisma));
  return provider && connection && { provider, connection };
}

export type OpenSignInClient = (connection: SavedConnection) => WecomClient;

/** Gives one and the same client to all sign-ins, with its connections to WeCom, until the credentials change. */
export function createOpenSignInClient(connectWecom: ConnectWecom, secretBox: SecretBox): OpenSignInClient {
  let kept: { credentials: WecomCredentials; client: WecomClient } | undefined;
  return (connection) => {
    const credentials = openCredentials(connection, secretBox);
    const { corpId, secret } = credentials;
    if (kept?.credentials.corpId !== corpId || kept.credentials.secret !== secret)
      kept = { credentials, client: connectWecom(credentials, { forSignIn: true }) };
    return kept.client;
  };
}

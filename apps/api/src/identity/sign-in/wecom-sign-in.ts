import type { WecomClient } from '@orgmirror/wecom';
import type { ConnectWecom, WecomCredentials } from '../../connection/connect-wecom.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { sealContexts } from '../../platform/sealed-columns.ts';
import type { SecretBox } from '../../platform/secret-box.ts';

/**
 * What members sign in by: the enabled authentication, and the connection that it takes its credentials from.
 */
export interface WecomSignIn {
  name: string;
  scope: string;
  returnOrigin: string | null;
  corpRowId: number;
  corpId: string;
  agentId: number;
  secretSealed: Uint8Array;
  qrSignInEnabled: boolean;
}

/**
 * Null while members cannot sign in by WeCom. One statement, since a whole company may come at nine o'clock.
 */
export async function findWecomSignIn(prisma: PrismaClient): Promise<WecomSignIn | null> {
  const [row] = await prisma.$queryRaw<(Omit<WecomSignIn, 'agentId'> & { agentId: bigint })[]>`
    SELECT p.name, p.scope, p.return_origin AS "returnOrigin", w.corp_row_id AS "corpRowId", c.corp_id AS "corpId",
      w.agent_id AS "agentId", w.secret_sealed AS "secretSealed", w.qr_sign_in_enabled AS "qrSignInEnabled"
    FROM auth_provider p, wecom_connection w JOIN corp c ON c.id = w.corp_row_id
    WHERE p.enabled LIMIT 1`;
  return row ? { ...row, agentId: Number(row.agentId) } : null;
}

export type OpenSignInClient = (signIn: WecomSignIn) => WecomClient;

/**
 * Gives one and the same client to all sign-ins, with its connections to WeCom, until the credentials change.
 */
export function createOpenSignInClient(connectWecom: ConnectWecom, secretBox: SecretBox): OpenSignInClient {
  let kept: { credentials: WecomCredentials; client: WecomClient } | undefined;
  return ({ corpId, agentId, secretSealed }) => {
    const secret = secretBox.open(secretSealed, sealContexts.appSecret);
    if (kept?.credentials.corpId !== corpId || kept.credentials.secret !== secret) {
      const credentials = { corpId, agentId, secret };
      kept = { credentials, client: connectWecom(credentials, { forSignIn: true }) };
    }
    return kept.client;
  };
}

import { type CallbackSource, callbackSource } from '@orgmirror/contracts';
import type { CallbackKeys } from '@orgmirror/wecom';
import type { CallbackEndpoint, PrismaClient } from '../platform/database/generated/client.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import { SealedValueError, type SecretBox } from '../platform/secret-box.ts';

/** A client or an open transaction of it. */
type Executor = Pick<PrismaClient, 'callbackEndpoint'>;

/** An address that takes events, ready to open them. */
export interface OpenEndpoint {
  corpRowId: number;
  source: CallbackSource;
  keys: CallbackKeys;
}

export interface OpenEndpoints {
  open: OpenEndpoint[];
  unreadable: CallbackSource[];
}

/**
 * The addresses of the configured corp with their secrets in clear. One whose secrets no longer open, after APP_SECRET
 * was lost, is `unreadable`: it takes nothing until they are saved again.
 */
export async function openEndpoints(prisma: PrismaClient, secretBox: SecretBox): Promise<OpenEndpoints> {
  const connection = await prisma.wecomConnection.findFirst({
    include: { corp: { include: { callbackEndpoints: true } } },
  });
  const found: OpenEndpoints = { open: [], unreadable: [] };
  if (connection === null) return found;
  const { corpId, callbackEndpoints } = connection.corp;
  for (const endpoint of callbackEndpoints) {
    const source = callbackSource.parse(endpoint.source);
    try {
      const token = secretBox.open(endpoint.tokenSealed, sealContexts.callbackToken);
      const encodingAesKey = secretBox.open(endpoint.aesKeySealed, sealContexts.callbackAesKey);
      const keys = { token, encodingAesKey, receiverId: corpId };
      found.open.push({ corpRowId: endpoint.corpRowId, source, keys });
    } catch (error) {
      if (!(error instanceof SealedValueError)) throw error;
      found.unreadable.push(source);
    }
  }
  return found;
}

export const listEndpoints = (prisma: Executor, corpRowId: number): Promise<CallbackEndpoint[]> =>
  prisma.callbackEndpoint.findMany({ where: { corpRowId } });

/** Saves an address's secrets; what is known of its former ones, checks and refusals, is forgotten. */
export async function saveEndpoint(
  { prisma, secretBox }: { prisma: Executor; secretBox: SecretBox },
  { corpRowId, source }: { corpRowId: number; source: CallbackSource },
  { token, encodingAesKey }: { token: string; encodingAesKey: string },
): Promise<void> {
  const data = {
    tokenSealed: secretBox.seal(token, sealContexts.callbackToken),
    aesKeySealed: secretBox.seal(encodingAesKey, sealContexts.callbackAesKey),
    verifiedAt: null,
    rejectedCount: 0,
    lastRejectedAt: null,
    lastRejection: null,
  };
  await prisma.callbackEndpoint.upsert({
    where: { corpRowId_source: { corpRowId, source } },
    create: { corpRowId, source, ...data },
    update: data,
  });
}

/** @returns whether there was one */
export async function deleteEndpoint(
  prisma: Executor,
  endpoint: { corpRowId: number; source: CallbackSource },
): Promise<boolean> {
  const { count } = await prisma.callbackEndpoint.deleteMany({ where: endpoint });
  return count > 0;
}

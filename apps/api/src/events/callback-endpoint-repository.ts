import { type CallbackSource, callbackSource } from '@orgmirror/contracts';
import type { CallbackKeys } from '@orgmirror/wecom';
import type { CallbackEndpoint, PrismaClient } from '../platform/database/generated/client.ts';
import type { SecretBox } from '../platform/secret-box.ts';

/** The contexts that an address's two secrets are sealed for. */
const contexts = { token: 'callback-token', aesKey: 'callback-aes-key' } as const;

/** A client or an open transaction of it. */
type Executor = Pick<PrismaClient, 'callbackEndpoint'>;

/** An address that takes events, ready to open them. */
export interface OpenEndpoint {
  corpRowId: number;
  source: CallbackSource;
  keys: CallbackKeys;
}

/** The addresses of the configured corp with their secrets in clear. */
export async function openEndpoints(prisma: PrismaClient, secretBox: SecretBox): Promise<OpenEndpoint[]> {
  const connection = await prisma.wecomConnection.findFirst({
    include: { corp: { include: { callbackEndpoints: true } } },
  });
  if (connection === null) return [];
  const { corpId, callbackEndpoints } = connection.corp;
  return callbackEndpoints.map(({ corpRowId, source, tokenSealed, aesKeySealed }) => ({
    corpRowId,
    source: callbackSource.parse(source),
    keys: {
      token: secretBox.open(tokenSealed, contexts.token),
      encodingAesKey: secretBox.open(aesKeySealed, contexts.aesKey),
      receiverId: corpId,
    },
  }));
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
    tokenSealed: secretBox.seal(token, contexts.token),
    aesKeySealed: secretBox.seal(encodingAesKey, contexts.aesKey),
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

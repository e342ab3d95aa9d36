import { defaultRemovalGuard, defaultRetentionDays } from '@orgmirror/contracts';
import {
  type Corp,
  Prisma,
  type PrismaClient,
  type WecomConnection,
} from '../platform/database/generated/client.ts';

export type SavedConnection = WecomConnection & { corp: Corp };

/** A client or an open transaction of it. */
type Executor = Pick<PrismaClient, 'wecomConnection' | 'corp' | 'department' | 'member'>;

const connectionId = 1;
/** Before the first save; the database's defaults afterwards. */
export const defaultTimeZone = 'Asia/Shanghai';

/** The saved connection, null before the first save. */
export const findConnection = (prisma: Executor): Promise<SavedConnection | null> =>
  prisma.wecomConnection.findUnique({ where: { id: connectionId }, include: { corp: true } });

export interface ConnectionValues {
  corpId: string;
  agentId: number;
  secretSealed: Uint8Array<ArrayBuffer>;
  secretUpdatedAt: Date;
  contactSecretSealed: Uint8Array<ArrayBuffer> | null;
  /**
   * Whether corp, agent and secret are as before: the test result still speaks of them, and so does a plan
   * that waits.
   */
  sameCredentials: boolean;
  /** What else changes with a later save. */
  scheduling: Prisma.WecomConnectionUpdateManyMutationInput;
}

/** Saves over version `expectedVersion`, 0 for the first save; false when someone else saved in between. */
export async function saveConnection(
  prisma: Executor,
  expectedVersion: number,
  values: ConnectionValues,
): Promise<boolean> {
  const corp = await prisma.corp.upsert({
    where: { corpId: values.corpId },
    create: { corpId: values.corpId },
    update: {},
  });
  const data = {
    corpRowId: corp.id,
    agentId: BigInt(values.agentId),
    secretSealed: values.secretSealed,
    secretUpdatedAt: values.secretUpdatedAt,
    contactSecretSealed: values.contactSecretSealed,
  };
  if (expectedVersion === 0) {
    const { count } = await prisma.wecomConnection.createMany({
      data: {
        ...data,
        id: connectionId,
        removalGuard: defaultRemovalGuard,
        retentionDays: defaultRetentionDays,
      },
      skipDuplicates: true,
    });
    return count === 1;
  }
  const { count } = await prisma.wecomConnection.updateMany({
    where: { id: connectionId, version: expectedVersion },
    data: {
      ...data,
      ...values.scheduling,
      version: { increment: 1 },
      ...(!values.sameCredentials && { lastTest: Prisma.DbNull, planVersion: { increment: 1 } }),
    },
  });
  return count === 1;
}

export const updateSyncSettings = (
  prisma: Executor,
  values: Prisma.WecomConnectionUpdateManyMutationInput,
): Promise<SavedConnection> =>
  prisma.wecomConnection.update({
    where: { id: connectionId },
    data: { ...values, version: { increment: 1 } },
    include: { corp: true },
  });

/** Keeps the result of a test of exactly the settings of `version`. */
export async function recordConnectionTest(
  prisma: Executor,
  version: number,
  lastTest: Prisma.InputJsonObject,
): Promise<void> {
  await prisma.wecomConnection.updateMany({ where: { id: connectionId, version }, data: { lastTest } });
}

/** Whether anything of this corp was ever mirrored. */
export async function hasDirectory(prisma: Executor, corpRowId: number): Promise<boolean> {
  const where = { corpRowId };
  const found =
    (await prisma.department.findFirst({ where, select: { id: true } })) ??
    (await prisma.member.findFirst({ where, select: { id: true } }));
  return found !== null;
}

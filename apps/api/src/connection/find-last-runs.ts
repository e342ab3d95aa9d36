import type { ErrorCode } from '@orgmirror/contracts';
import { Prisma, type PrismaClient, type SyncRun } from '../platform/database/generated/client.ts';
import type { SavedConnection } from './wecom-connection-repository.ts';

/** Errors of a run that WeCom, or the way to it, is the reason of. */
const wecomErrors = [
  'wecom.refused',
  'wecom.unreachable',
  'wecom.bad_answer',
  'wecom.app_disabled',
] satisfies ErrorCode[];

const described = {
  id: true,
  trigger: true,
  statusChangedAt: true,
  finishedAt: true,
  error: true,
} as const satisfies Partial<Record<keyof SyncRun, true>>;

/** What tells when WeCom answered or failed a run. */
export type DescribedRun = Pick<SyncRun, keyof typeof described>;

/** The latest runs that WeCom answered, and that it failed, with the secret that is saved now. */
export async function findLastRuns(
  prisma: PrismaClient,
  { corpRowId, secretUpdatedAt }: SavedConnection,
): Promise<{ answered: DescribedRun | null; refused: DescribedRun | null }> {
  const ofSecret = { corpRowId, startedAt: { gte: secretUpdatedAt } };
  const [answered, refused] = await Promise.all([
    prisma.syncRun.findFirst({
      select: described,
      where: { ...ofSecret, manifest: { not: Prisma.DbNull } }, // written when everything has been read
      orderBy: { startedAt: 'desc' },
    }),
    prisma.syncRun.findFirst({
      select: described,
      where: {
        ...ofSecret,
        status: 'failed',
        OR: wecomErrors.map((code) => ({ error: { path: ['code'], equals: code } })),
      },
      orderBy: { startedAt: 'desc' },
    }),
  ]);
  return { answered, refused };
}

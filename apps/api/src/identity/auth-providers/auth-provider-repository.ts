import type { AuthProvider, Prisma, PrismaClient } from '../../platform/database/generated/client.ts';

type Executor = Pick<PrismaClient, 'authProvider'>;

export interface ProviderPage {
  limit: number;
  after: readonly [createdAt: string, id: string] | undefined;
}

/** The oldest first, one more than `limit` if there are. */
export const listProviders = (
  { authProvider }: Executor,
  { limit, after }: ProviderPage,
): Promise<AuthProvider[]> =>
  authProvider.findMany({
    where: after
      ? { OR: [{ createdAt: { gt: after[0] } }, { createdAt: after[0], id: { gt: after[1] } }] }
      : {},
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  });

export const findProvider = ({ authProvider }: Executor, id: string): Promise<AuthProvider | null> =>
  authProvider.findUnique({ where: { id } });

/** The one that members sign in by; null while none is enabled. */
export const findEnabledProvider = ({ authProvider }: Executor): Promise<AuthProvider | null> =>
  authProvider.findFirst({ where: { enabled: true } });

/** Disables every other enabled provider. @returns the names of those */
export async function disableOthers({ authProvider }: Executor, id: string | undefined): Promise<string[]> {
  const others = { enabled: true, ...(id !== undefined && { id: { not: id } }) };
  const disabled = await authProvider.findMany({ where: others, select: { name: true } });
  if (disabled.length > 0) await authProvider.updateMany({ where: others, data: { enabled: false } });
  return disabled.map(({ name }) => name);
}

export const createProvider = (
  { authProvider }: Executor,
  data: Prisma.AuthProviderCreateInput,
): Promise<AuthProvider> => authProvider.create({ data });

/** Null when there is none. */
export async function updateProvider(
  { authProvider }: Executor,
  id: string,
  data: Prisma.AuthProviderUpdateManyMutationInput,
): Promise<AuthProvider | null> {
  const { count } = await authProvider.updateMany({ where: { id }, data });
  return count === 0 ? null : authProvider.findUnique({ where: { id } });
}

/** Whether there was one. */
export async function deleteProvider({ authProvider }: Executor, id: string): Promise<boolean> {
  return (await authProvider.deleteMany({ where: { id } })).count === 1;
}

/** What the verification file of that name holds; the latest saved when two providers have one. */
export async function findVerificationFile({ authProvider }: Executor, name: string): Promise<string | null> {
  const found = await authProvider.findFirst({
    where: { verificationFileName: name, verificationFileContent: { not: null } },
    orderBy: { updatedAt: 'desc' },
  });
  return found?.verificationFileContent ?? null;
}

import type { AuthScope } from '@orgmirror/contracts';
import type { AuthProvider, Prisma, PrismaClient } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { createProvider, disableOthers, findProvider, updateProvider } from './auth-provider-repository.ts';

export interface AuthProviderValues {
  name: string;
  description: string;
  enabled: boolean;
  scope: AuthScope;
  returnOrigin: string | null;
}

/** Adds a way to sign in; one that is enabled disables another. @returns it, and the names of the disabled */
export async function createAuthProvider(
  transaction: Prisma.TransactionClient,
  values: AuthProviderValues,
): Promise<{ after: AuthProvider; disabled: string[] }> {
  const disabled = values.enabled ? await disableOthers(transaction, undefined) : [];
  return { after: await createProvider(transaction, { ...values, kind: 'wecom-oauth2' }), disabled };
}

/**
 * Changes a way to sign in; what is left out stays.
 * @throws AppError `resource.not_found`
 */
export async function updateAuthProvider(
  transaction: Prisma.TransactionClient,
  id: string,
  changes: { [Name in keyof AuthProviderValues]?: AuthProviderValues[Name] | undefined },
): Promise<{ before: AuthProvider; after: AuthProvider; disabled: string[] }> {
  const before = await findProvider(transaction, id);
  const disabled = changes.enabled ? await disableOthers(transaction, id) : [];
  const data = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const after = await updateProvider(transaction, id, data);
  if (before === null || after === null) throw new AppError('resource.not_found');
  return { before, after, disabled };
}

/** One writer at a time: two providers enabled at once must not both stay so. Readers do not wait. */
export function writeAlone<T>(
  prisma: PrismaClient,
  work: (transaction: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`LOCK TABLE auth_provider IN SHARE ROW EXCLUSIVE MODE`;
    return work(transaction);
  }, transactionTimeouts);
}

/** What the audit log keeps of a way to sign in. */
export const describeAuthProvider = ({ name, description, enabled, scope, returnOrigin }: AuthProvider) => ({
  name,
  description,
  enabled,
  scope,
  returnOrigin,
});

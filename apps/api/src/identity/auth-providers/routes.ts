import { type AuthProvider, endpoints } from '@orgmirror/contracts';
import type { Request, Router } from 'express';
import * as z from 'zod';
import {
  type AuditFacts,
  recordAudit,
  recordWithoutChange,
  type Transaction,
} from '../../audit/record-audit.ts';
import { type ConnectWecom, openCredentials } from '../../connection/connect-wecom.ts';
import { findConnection } from '../../connection/wecom-connection-repository.ts';
import type { Config } from '../../platform/config.ts';
import type { PrismaClient, AuthProvider as ProviderRow } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { cursorInstant, cutPage, decodeCursor } from '../../platform/http/cursor.ts';
import { mountEndpoint } from '../../platform/http/mount-endpoint.ts';
import { getPublicOrigin } from '../../platform/http/public-origin.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { deleteProvider, findProvider, listProviders, updateProvider } from './auth-provider-repository.ts';
import { checkAuthProvider } from './check-auth-provider.ts';
import { presentAuthProvider } from './present-auth-provider.ts';
import { buildTrustedDomain } from './provider-address.ts';
import {
  createAuthProvider,
  describeAuthProvider,
  updateAuthProvider,
  writeAlone,
} from './save-auth-provider.ts';

export interface AuthProviderDependencies {
  config: Config;
  prisma: PrismaClient;
  secretBox: SecretBox;
  connectWecom: ConnectWecom;
}

const list = '/settings/auth-providers';
const cursorSchema = z.tuple([cursorInstant, z.uuid()]);

export function registerAuthProviderRoutes(router: Router, dependencies: AuthProviderDependencies): void {
  registerProviderRoutes(router, dependencies);
  registerVerificationFileRoutes(router, dependencies);
  registerCheckRoute(router, dependencies);
}

/** Presents rows for the origin of the request. */
async function openPresenter(
  { prisma, config }: AuthProviderDependencies,
  req: Request,
): Promise<(row: ProviderRow) => AuthProvider> {
  const connection = await findConnection(prisma);
  const place = { ownOrigin: getPublicOrigin(req), oauthBaseUrl: config.wecom.oauthBaseUrl };
  return (row) => presentAuthProvider(row, connection, place);
}

function registerProviderRoutes(router: Router, dependencies: AuthProviderDependencies): void {
  const { prisma } = dependencies;

  mountEndpoint(router, endpoints.listAuthProviders, async ({ query: { limit, cursor }, req }) => {
    const rows = await listProviders(prisma, { limit, after: decodeCursor(list, cursor, cursorSchema) });
    const present = await openPresenter(dependencies, req);
    return cutPage(rows, { list, limit }, ({ createdAt, id }) => [createdAt.toISOString(), id], present);
  });

  mountEndpoint(router, endpoints.createAuthProvider, async ({ body, actor, req }) => {
    const { kind: _kind, returnOrigin = null, ...values } = body;
    const created = await writeAlone(prisma, async (transaction) => {
      const { after, disabled } = await createAuthProvider(transaction, { ...values, returnOrigin });
      await recordAudit(transaction, actor, {
        action: 'auth_provider.create',
        target: after.name,
        after: { ...describeAuthProvider(after), disabled },
      });
      return after;
    });
    return (await openPresenter(dependencies, req))(created);
  });

  mountEndpoint(router, endpoints.updateAuthProvider, async ({ params, body, actor, req }) => {
    const updated = await writeAlone(prisma, async (transaction) => {
      const { before, after, disabled } = await updateAuthProvider(transaction, params.id, body);
      await recordAudit(transaction, actor, {
        action: 'auth_provider.update',
        target: after.name,
        before: describeAuthProvider(before),
        after: { ...describeAuthProvider(after), disabled },
      });
      return after;
    });
    return (await openPresenter(dependencies, req))(updated);
  });

  mountEndpoint(router, endpoints.deleteAuthProvider, ({ params, actor }) =>
    writeAlone(prisma, async (transaction) => {
      const before = await findProvider(transaction, params.id);
      if (before === null || !(await deleteProvider(transaction, params.id)))
        throw new AppError('resource.not_found');
      await recordAudit(transaction, actor, {
        action: 'auth_provider.delete',
        target: before.name,
        before: describeAuthProvider(before),
      });
    }),
  );
}

function registerVerificationFileRoutes(router: Router, dependencies: AuthProviderDependencies): void {
  const { prisma } = dependencies;

  const saveFile = async (
    id: string,
    file: { verificationFileName: string | null; verificationFileContent: string | null },
    record: (transaction: Transaction, facts: AuditFacts) => Promise<void>,
  ): Promise<ProviderRow> =>
    writeAlone(prisma, async (transaction) => {
      const saved = await updateProvider(transaction, id, file);
      if (saved === null) throw new AppError('resource.not_found');
      const after = { verificationFileName: file.verificationFileName };
      await record(transaction, { action: 'auth_provider.update', target: saved.name, after });
      return saved;
    });

  mountEndpoint(router, endpoints.saveVerificationFile, async ({ params, body, actor, req }) => {
    const file = { verificationFileName: body.name, verificationFileContent: body.content };
    const saved = await saveFile(params.id, file, (transaction, facts) =>
      recordAudit(transaction, actor, facts),
    );
    return (await openPresenter(dependencies, req))(saved);
  });

  mountEndpoint(router, endpoints.deleteVerificationFile, async ({ params, actor, req }) => {
    const file = { verificationFileName: null, verificationFileContent: null };
    const saved = await saveFile(params.id, file, (transaction, facts) =>
      recordAudit(transaction, actor, facts),
    );
    return (await openPresenter(dependencies, req))(saved);
  });
}

function registerCheckRoute(router: Router, dependencies: AuthProviderDependencies): void {
  const { prisma, secretBox, connectWecom } = dependencies;
  mountEndpoint(router, endpoints.checkAuthProvider, async ({ params, actor, locale, req }) => {
    const provider = await findProvider(prisma, params.id);
    if (provider === null) throw new AppError('resource.not_found');
    const credentials = openCredentials(await findConnection(prisma), secretBox);
    const expected = {
      agentId: credentials.agentId,
      trustedDomain: buildTrustedDomain(provider, getPublicOrigin(req)),
      verificationFileName: provider.verificationFileName,
    };
    const result = await checkAuthProvider(connectWecom(credentials), expected, locale);
    await recordWithoutChange(prisma, actor, {
      action: 'auth_provider.check',
      target: provider.name,
      result: result.ok ? 'succeeded' : 'failed',
    });
    return result;
  });
}

import { endpoints } from '@orgmirror/contracts';
import type { Request, Router } from 'express';
import type { RecordAudit } from '../audit/record-audit.ts';
import { type ConnectWecom, openCredentials, type WecomCredentials } from '../connection/connect-wecom.ts';
import {
  findConnection,
  recordConnectionTest,
  type SavedConnection,
} from '../connection/wecom-connection-repository.ts';
import type { CallbackStats } from '../events/callback-stats.ts';
import { presentCallbacks } from '../events/present-callbacks.ts';
import { findEnabledProvider } from '../identity/auth-providers/auth-provider-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { getPublicOrigin } from '../platform/http/public-origin.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { presentTest } from './checked-connection.ts';
import { presentWecomSettings } from './present-wecom-settings.ts';
import { describeSyncSettings, saveSyncSettings } from './save-sync-settings.ts';
import { saveWecomSettings } from './save-wecom-settings.ts';
import { testConnection } from './test-connection.ts';

export interface SettingsDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  connectWecom: ConnectWecom;
  callbacks: { stats: CallbackStats };
  recordAudit: RecordAudit;
  now: Now;
}

export function registerSettingsRoutes(router: Router, dependencies: SettingsDependencies): void {
  const { prisma, callbacks, recordAudit, now } = dependencies;
  const present = async (
    saved: SavedConnection | null,
    { req, locale }: { req: Request; locale: Locale },
  ) => {
    await callbacks.stats.flush();
    const callback = await presentCallbacks(prisma, saved?.corpRowId, getPublicOrigin(req));
    const signInEnabled = (await findEnabledProvider(prisma)) !== null;
    return presentWecomSettings(saved, { callback, signInEnabled }, now(), locale);
  };

  mountEndpoint(router, endpoints.getWecomSettings, async (context) =>
    present(await findConnection(prisma), context),
  );

  mountEndpoint(router, endpoints.saveWecomSettings, async (context) => {
    const { body, session, ip } = context;
    const before = await findConnection(prisma);
    const after = await present(await saveWecomSettings(dependencies, body), context);
    await recordAudit(
      { session, ip },
      {
        action: 'settings.save',
        target: after.corpId ?? '',
        before: {
          corpId: before?.corp.corpId ?? null,
          agentId: before === null ? null : Number(before.agentId),
        },
        after: { corpId: after.corpId, agentId: after.agentId, secretChanged: body.secret !== undefined },
      },
    );
    return after;
  });

  registerTestRoute(router, dependencies);

  mountEndpoint(router, endpoints.saveSyncSettings, async (context) => {
    const { body, session, ip } = context;
    const { before, after } = await saveSyncSettings(dependencies, body);
    await recordAudit(
      { session, ip },
      {
        action: 'settings.sync',
        before: describeSyncSettings(before),
        after: { ...describeSyncSettings(after), ...(body.resume && { resumed: true }) },
      },
    );
    return present(after, context);
  });
}

function registerTestRoute(router: Router, dependencies: SettingsDependencies): void {
  const { prisma, secretBox, connectWecom, recordAudit, now } = dependencies;
  mountEndpoint(router, endpoints.testWecomSettings, async ({ body, session, ip, locale }) => {
    const saved = await findConnection(prisma);
    const credentials = chooseCredentials(body, () => openCredentials(saved, secretBox));
    // Credentials under test get a token of their own: neither a saved token nor a saved refusal may answer
    // for them.
    const client = connectWecom(credentials, { freshToken: true });
    const result = await testConnection(client, credentials.agentId);
    if (saved && isSaved(credentials, openSaved(saved, secretBox)))
      await recordConnectionTest(prisma, saved.version, { ...result, at: now().toISOString() });
    await recordAudit(
      { session, ip },
      { action: 'settings.test', target: credentials.corpId, result: result.ok ? 'succeeded' : 'failed' },
    );
    return presentTest(result, locale);
  });
}

/** What the caller gave, and for the rest the saved settings. */
function chooseCredentials(
  given: { corpId?: string | undefined; agentId?: number | undefined; secret?: string | undefined },
  openSavedOnes: () => WecomCredentials,
): WecomCredentials {
  const { corpId, agentId, secret } = given;
  if (corpId !== undefined && agentId !== undefined && secret !== undefined)
    return { corpId, agentId, secret };
  const saved = openSavedOnes();
  return {
    corpId: corpId ?? saved.corpId,
    agentId: agentId ?? saved.agentId,
    secret: secret ?? saved.secret,
  };
}

function openSaved(
  saved: Parameters<typeof openCredentials>[0],
  secretBox: SecretBox,
): WecomCredentials | undefined {
  try {
    return openCredentials(saved, secretBox);
  } catch (error) {
    if (error instanceof Error && error.name === 'SealedValueError') return undefined; // new ones are being tried
    throw error;
  }
}

const isSaved = (a: WecomCredentials, b: WecomCredentials | undefined): boolean =>
  b !== undefined && a.corpId === b.corpId && a.agentId === b.agentId && a.secret === b.secret;

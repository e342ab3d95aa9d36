import { endpoints } from '@orgmirror/contracts';
import type { Request, Router } from 'express';
import { recordAudit } from '../audit/record-audit.ts';
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
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import type { Locale } from '../platform/http/locale.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { getPublicOrigin } from '../platform/http/public-origin.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { presentTest } from './checked-connection.ts';
import { createClockComparison } from './compare-clocks.ts';
import { presentConnectionState } from './present-connection-state.ts';
import { presentWecomSettings } from './present-wecom-settings.ts';
import { describeSyncSettings, saveSyncSettings } from './save-sync-settings.ts';
import { saveWecomSettings } from './save-wecom-settings.ts';
import { testConnection } from './test-connection.ts';

export interface SettingsDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  connectWecom: ConnectWecom;
  callbacks: { stats: CallbackStats };
  now: Now;
}

export function registerSettingsRoutes(router: Router, dependencies: SettingsDependencies): void {
  const { prisma, secretBox, callbacks, now } = dependencies;
  const present = async (
    saved: SavedConnection | null,
    { req, locale }: { req: Request; locale: Locale },
  ) => {
    await callbacks.stats.flush();
    const callback = await presentCallbacks(prisma, saved?.corpRowId, getPublicOrigin(req));
    const signInEnabled = (await findEnabledProvider(prisma)) !== null;
    const connection = await presentConnectionState(prisma, saved, locale);
    return presentWecomSettings(saved, { callback, connection, signInEnabled }, now(), locale);
  };

  mountEndpoint(router, endpoints.getWecomSettings, async (context) =>
    present(await findConnection(prisma), context),
  );

  mountEndpoint(router, endpoints.saveWecomSettings, async (context) => {
    const { body, actor } = context;
    const saved = await prisma.$transaction(async (transaction) => {
      const { before, after, changed } = await saveWecomSettings(
        { prisma: transaction, secretBox, now },
        body,
      );
      await recordAudit(transaction, actor, {
        action: 'settings.save',
        target: after.corp.corpId,
        before: {
          corpId: before?.corp.corpId ?? null,
          agentId: before === null ? null : Number(before.agentId),
        },
        after: { corpId: after.corp.corpId, agentId: Number(after.agentId), ...changed },
      });
      return after;
    }, transactionTimeouts);
    return present(saved, context);
  });

  registerTestRoute(router, dependencies);

  mountEndpoint(router, endpoints.saveSyncSettings, async (context) => {
    const { body, actor } = context;
    const saved = await prisma.$transaction(async (transaction) => {
      const { before, after } = await saveSyncSettings({ prisma: transaction, now }, body);
      await recordAudit(transaction, actor, {
        action: 'settings.sync',
        before: describeSyncSettings(before),
        after: { ...describeSyncSettings(after), ...(body.resume && { resumed: true }) },
      });
      return after;
    }, transactionTimeouts);
    return present(saved, context);
  });
}

function registerTestRoute(router: Router, dependencies: SettingsDependencies): void {
  const { prisma, secretBox, connectWecom, now } = dependencies;
  mountEndpoint(router, endpoints.testWecomSettings, async ({ body, actor, locale }) => {
    const saved = await findConnection(prisma);
    const credentials = chooseCredentials(body, () => openCredentials(saved, secretBox));
    // Credentials under test get a token of their own: neither a saved token nor a saved refusal may answer
    // for them.
    const clock = createClockComparison(now);
    const client = connectWecom(credentials, { freshToken: true, onCall: clock.onCall });
    const result = { ...(await testConnection(client, credentials.agentId)), ...clock.compare() };
    const ofVersion = saved && isSaved(credentials, openSaved(saved, secretBox)) ? saved.version : undefined;
    await prisma.$transaction(async (transaction) => {
      if (ofVersion !== undefined)
        await recordConnectionTest(transaction, ofVersion, { ...result, at: now().toISOString() });
      await recordAudit(transaction, actor, {
        action: 'settings.test',
        target: credentials.corpId,
        result: result.ok ? 'succeeded' : 'failed',
      });
    }, transactionTimeouts);
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

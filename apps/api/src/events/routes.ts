import { type CallbackSource, endpoints } from '@orgmirror/contracts';
import type { Request, Router } from 'express';
import * as z from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { CallbackEvent, PrismaClient } from '../platform/database/generated/client.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { cursorInstant, cutPage, decodeCursor } from '../platform/http/cursor.ts';
import type { Locale } from '../platform/http/locale.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { getPublicOrigin } from '../platform/http/public-origin.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { deleteEndpoint } from './callback-endpoint-repository.ts';
import { findEvent, listEvents, readEventHealth, resetFailedEvent } from './callback-event-repository.ts';
import type { CallbackKeyCache } from './callback-key-cache.ts';
import type { CallbackStats } from './callback-stats.ts';
import { presentCallbacks } from './present-callbacks.ts';
import { presentEvent } from './present-event.ts';
import { readEventNames } from './read-event-names.ts';
import { saveCallback } from './save-callback.ts';

export interface CallbackRouteDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  callbacks: { keyCache: CallbackKeyCache; stats: CallbackStats };
  now: Now;
}

const list = '/wecom-events';
const eventCursor = z.tuple([cursorInstant, z.uuid()]);
const healthWindowMs = 24 * 3_600_000;

export function registerCallbackRoutes(router: Router, dependencies: CallbackRouteDependencies): void {
  registerSettings(router, dependencies);
  registerEvents(router, dependencies);
}

function registerSettings(router: Router, dependencies: CallbackRouteDependencies): void {
  const { prisma, callbacks } = dependencies;

  const presentOne = async (req: Request, source: CallbackSource) => {
    await callbacks.stats.flush();
    const connection = await findConnection(prisma);
    return (await presentCallbacks(prisma, connection?.corpRowId, getPublicOrigin(req)))[source];
  };

  mountEndpoint(router, endpoints.saveCallback, async ({ params, body, actor, req }) => {
    const { source } = params;
    await callbacks.stats.flush(); // what was noted so far is about the former secrets
    const generated = await prisma.$transaction(async (transaction) => {
      const made = await saveCallback({ ...dependencies, prisma: transaction }, source, body);
      const after = { generated: made !== undefined };
      await recordAudit(transaction, actor, { action: 'callback.save', target: source, after });
      return made;
    }, transactionTimeouts);
    callbacks.keyCache.invalidate();
    return { ...(await presentOne(req, source)), ...generated };
  });

  mountEndpoint(router, endpoints.deleteCallback, async ({ params: { source }, actor }) => {
    const connection = await findConnection(prisma);
    if (connection === null) throw new AppError('settings.incomplete');
    const { corpRowId } = connection;
    await prisma.$transaction(async (transaction) => {
      if (await deleteEndpoint(transaction, { corpRowId, source }))
        await recordAudit(transaction, actor, { action: 'callback.delete', target: source });
    }, transactionTimeouts);
    callbacks.keyCache.invalidate();
  });
}

function registerEvents(router: Router, dependencies: CallbackRouteDependencies): void {
  const { prisma, secretBox, now } = dependencies;

  const requireEvent = async (id: string): Promise<CallbackEvent> => {
    const connection = await findConnection(prisma);
    const event = connection && (await findEvent(prisma, connection.corpRowId, id));
    if (!event) throw new AppError('resource.not_found');
    return event;
  };
  const presentOne = async (event: CallbackEvent, locale: Locale) =>
    presentEvent(event, await readEventNames(prisma, event.corpRowId, [event]), locale);

  mountEndpoint(router, endpoints.listWecomEvents, async ({ query, locale }) => {
    const connection = await findConnection(prisma);
    const after = decodeCursor(list, query.cursor, eventCursor);
    const rows = connection ? await listEvents(prisma, connection.corpRowId, { ...query, after }) : [];
    const names = connection ? await readEventNames(prisma, connection.corpRowId, rows) : new Map();
    return cutPage(
      rows,
      { list, limit: query.limit },
      (row) => [row.receivedAt.toISOString(), row.id],
      (row) => presentEvent(row, names, locale),
    );
  });

  mountEndpoint(router, endpoints.getEventHealth, async () => {
    const connection = await findConnection(prisma);
    if (connection === null) return { received: 0, waiting: 0, failed: 0, medianDelayMs: null };
    return readEventHealth(prisma, connection.corpRowId, new Date(now().getTime() - healthWindowMs));
  });

  mountEndpoint(router, endpoints.getWecomEvent, async ({ params, locale }) => {
    const event = await requireEvent(params.id);
    return {
      ...(await presentOne(event, locale)),
      text: secretBox.open(event.sealed, sealContexts.eventText),
    };
  });

  mountEndpoint(router, endpoints.replayWecomEvent, async ({ params, actor, locale }) => {
    const event = await requireEvent(params.id);
    await prisma.$transaction(async (transaction) => {
      if (!(await resetFailedEvent(transaction, event.id))) throw new AppError('event.not_replayable');
      await recordAudit(transaction, actor, { action: 'event.replay', target: event.id });
    }, transactionTimeouts);
    return presentOne(await requireEvent(event.id), locale);
  });
}

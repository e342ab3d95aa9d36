import { type CallbackSource, endpoints } from '@orgmirror/contracts';
import type { Request, Router } from 'express';
import * as z from 'zod';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import type { CallbackEvent } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { cursorInstant, cutPage, decodeCursor } from '../platform/http/cursor.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { getPublicOrigin } from '../platform/http/public-origin.ts';
import { deleteEndpoint } from './callback-endpoint-repository.ts';
import { findEvent, listEvents, resetFailedEvent } from './callback-event-repository.ts';
import type { CallbackStats } from './callback-stats.ts';
import { eventTextContext } from './event-store.ts';
import { presentCallbacks } from './present-callbacks.ts';
import { presentEvent } from './present-event.ts';
import { type SaveCallbackDependencies, saveCallback } from './save-callback.ts';

export interface CallbackRouteDependencies extends SaveCallbackDependencies {
  callbacks: SaveCallbackDependencies['callbacks'] & { stats: CallbackStats };
}

const list = '/wecom-events';
const eventCursor = z.tuple([cursorInstant, z.uuid()]);

export function registerCallbackRoutes(router: Router, dependencies: CallbackRouteDependencies): void {
  registerSettings(router, dependencies);
  registerEvents(router, dependencies);
}

function registerSettings(router: Router, dependencies: CallbackRouteDependencies): void {
  const { prisma, callbacks, recordAudit } = dependencies;

  const presentOne = async (req: Request, source: CallbackSource) => {
    await callbacks.stats.flush();
    const connection = await findConnection(prisma);
    return (await presentCallbacks(prisma, connection?.corpRowId, getPublicOrigin(req)))[source];
  };

  mountEndpoint(router, endpoints.saveCallback, async ({ params, body, session, ip, req }) => {
    const { source } = params;
    await callbacks.stats.flush(); // what was noted so far is about the former secrets
    const generated = await saveCallback(dependencies, source, body);
    await recordAudit(
      { session, ip },
      { action: 'callback.save', target: source, after: { generated: generated !== undefined } },
    );
    return { ...(await presentOne(req, source)), ...generated };
  });

  mountEndpoint(router, endpoints.deleteCallback, async ({ params: { source }, session, ip }) => {
    const connection = await findConnection(prisma);
    if (connection === null) throw new AppError('settings.incomplete');
    const existed = await deleteEndpoint(prisma, { corpRowId: connection.corpRowId, source });
    callbacks.keyCache.invalidate();
    if (existed) await recordAudit({ session, ip }, { action: 'callback.delete', target: source });
  });
}

function registerEvents(router: Router, dependencies: CallbackRouteDependencies): void {
  const { prisma, secretBox, recordAudit } = dependencies;

  const requireEvent = async (id: string): Promise<CallbackEvent> => {
    const connection = await findConnection(prisma);
    const event = connection && (await findEvent(prisma, connection.corpRowId, id));
    if (!event) throw new AppError('resource.not_found');
    return event;
  };

  mountEndpoint(router, endpoints.listWecomEvents, async ({ query, locale }) => {
    const connection = await findConnection(prisma);
    const after = decodeCursor(list, query.cursor, eventCursor);
    const rows = connection ? await listEvents(prisma, connection.corpRowId, { ...query, after }) : [];
    return cutPage(
      rows,
      { list, limit: query.limit },
      (row) => [row.receivedAt.toISOString(), row.id],
      (row) => presentEvent(row, locale),
    );
  });

  mountEndpoint(router, endpoints.getWecomEvent, async ({ params, locale }) => {
    const event = await requireEvent(params.id);
    return { ...presentEvent(event, locale), text: secretBox.open(event.sealed, eventTextContext) };
  });

  mountEndpoint(router, endpoints.replayWecomEvent, async ({ params, session, ip, locale }) => {
    const event = await requireEvent(params.id);
    if (!(await resetFailedEvent(prisma, event.id))) throw new AppError('event.not_replayable');
    await recordAudit({ session, ip }, { action: 'event.replay', target: event.id });
    return presentEvent(await requireEvent(event.id), locale);
  });
}

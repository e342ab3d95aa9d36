import { randomUUID } from 'node:crypto';
import { endpoints } from '@orgmirror/contracts';
import type { Router } from 'express';
import * as z from 'zod';
import { recordAudit, recordWithoutChange } from '../audit/record-audit.ts';
import { defaultTimeZone, findConnection } from '../connection/wecom-connection-repository.ts';
import { createMemberQueryCache } from '../directory/search/member-query-cache.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { classifyError } from '../platform/errors/classify-error.ts';
import { cursorInstant, cutPage, decodeCursor } from '../platform/http/cursor.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { presentProblem } from '../platform/http/present-problem.ts';
import type { DeliveryDependencies } from './deliver-notices.ts';
import { listRecipients, searchRecipients } from './find-recipients.ts';
import { countNotices, findReadUntil, listNotices, markRead, presentNotice } from './list-notices.ts';
import { findNoticeSettings, type SavedNoticeSettings } from './notice-settings-repository.ts';
import { openChannel } from './open-channel.ts';
import { presentNoticeSettings } from './present-notice-settings.ts';
import { describeNoticeSettings, saveNoticeSettings } from './save-notice-settings.ts';
import { wordTest } from './word-notice.ts';

const list = '/notices';
const cursorSchema = z.tuple([cursorInstant, z.uuid()]);

export function registerNoticeRoutes(router: Router, dependencies: DeliveryDependencies): void {
  const { prisma } = dependencies;

  mountEndpoint(router, endpoints.listNotices, async ({ query, session, locale, actor }) => {
    const { limit, cursor, undelivered } = query;
    const after = decodeCursor(list, cursor, cursorSchema);
    const onlyUndelivered = undelivered === 'true';
    const rows = await listNotices(prisma, { onlyUndelivered, after, take: limit + 1 });
    const readUntil = await findReadUntil(prisma, session.user.id);
    return cutPage(
      rows,
      { list, limit },
      (row) => [row.at.toISOString(), row.id],
      (row) => presentNotice(row, { readUntil, locale, requestId: actor.requestId }),
    );
  });

  mountEndpoint(router, endpoints.getNoticeState, async ({ session }) =>
    countNotices(dependencies, session.user.id),
  );

  mountEndpoint(router, endpoints.markNoticesRead, async ({ session, body }) =>
    markRead(dependencies, session.user.id, new Date(body.until)),
  );

  registerSettingsRoutes(router, dependencies);
}

function registerSettingsRoutes(router: Router, dependencies: DeliveryDependencies): void {
  const { prisma, secretBox, config, lifecycle, now } = dependencies;
  const present = async (saved: SavedNoticeSettings | null) =>
    presentNoticeSettings(saved, (await findConnection(prisma))?.timeZone ?? defaultTimeZone);

  mountEndpoint(router, endpoints.getNoticeSettings, async () => present(await findNoticeSettings(prisma)));

  const search = { prisma, secretBox, getCachedQuery: createMemberQueryCache() };
  mountEndpoint(router, endpoints.listNoticeRecipients, async ({ query: { q } }) => ({
    items: await (q ? searchRecipients(search, q) : listRecipients(search)),
  }));

  mountEndpoint(router, endpoints.saveNoticeSettings, async ({ body, actor }) => {
    const saved = await prisma.$transaction(async (transaction) => {
      const { before, after } = await saveNoticeSettings({ prisma: transaction, secretBox, now }, body);
      await recordAudit(transaction, actor, {
        action: 'notices.save',
        ...(before && { before: describeNoticeSettings(before) }),
        after: {
          ...describeNoticeSettings(after),
          ...(body.email.password !== undefined && { mailPasswordChanged: true }),
          ...(body.webhook.secret !== undefined && { webhookSecretChanged: true }),
        },
      });
      return after;
    }, transactionTimeouts);
    return present(saved);
  });

  mountEndpoint(router, endpoints.testNoticeChannel, async ({ body: { channel }, actor, locale }) => {
    const settings = await findNoticeSettings(prisma);
    const send = await openChannel(dependencies, channel, settings);
    const notice = {
      ...wordTest(settings?.language === 'en' ? 'en' : 'zh'),
      id: randomUUID(),
      kind: 'test' as const,
      at: now(),
      link: config.publicUrl ?? null,
      runId: null,
    };
    const outcome = await send(notice, lifecycle.stopping).then(
      (missed) => ({ ok: true, error: missed }),
      (thrown: unknown) => ({ ok: false, error: classifyError(thrown) }),
    );
    await recordWithoutChange(prisma, actor, {
      action: 'notices.test',
      target: channel,
      result: outcome.ok ? 'succeeded' : 'failed',
    });
    const { ok, error } = outcome;
    return { ok, problem: error && presentProblem(error, locale, actor.requestId) };
  });
}

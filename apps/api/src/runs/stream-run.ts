import { createSession } from 'better-sse';
import type { Request, Response } from 'express';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentSyncRun } from './present-sync-run.ts';
import { findRun, isActiveStatus, type SyncRun } from './sync-run-repository.ts';

/** The embedded database cannot notify: the row is polled. */
const pollIntervalMs = 500;
const keepAliveMs = 15_000;

interface StreamRequest {
  prisma: PrismaClient;
  /** Whether the session that asked for it still lives. */
  isSessionLive: () => Promise<boolean>;
  req: Request;
  res: Response;
  locale: Locale;
  /** Ends the stream when the server stops; the browser then asks another. */
  stopping: AbortSignal;
}

/**
 * Sends the run whenever it changes, as `progress`, and once as `finished` when it has ended or is pending.
 * The stream breaks off when the session that asked for it ends.
 */
export async function streamRun(
  { prisma, isSessionLive, req, res, locale, stopping }: StreamRequest,
  first: SyncRun,
): Promise<void> {
  const session = await createSession(req, res, {
    keepAlive: keepAliveMs,
    headers: { 'X-Accel-Buffering': 'no', 'Cache-Control': 'no-cache, no-transform' },
  });
  let sent = '';
  for (
    let run: SyncRun | null = first;
    run !== null && session.isConnected && !stopping.aborted && (await isSessionLive());
    run = await findRun(prisma, run.id)
  ) {
    const answer = presentSyncRun(run, locale);
    const text = JSON.stringify(answer);
    const ended = !isActiveStatus(answer.status);
    if (text !== sent || ended) session.push(answer, ended ? 'finished' : 'progress');
    if (ended) break;
    sent = text;
    await new Promise((resolve) => setTimeout(resolve, pollIntervalMs));
  }
  res.end();
}

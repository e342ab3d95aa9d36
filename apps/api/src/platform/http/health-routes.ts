import type { Express, Request, Response } from 'express';
import { logFailure } from '../database/log-failure.ts';
import { AppError } from '../errors/app-error.ts';
import { classifyError } from '../errors/classify-error.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { Metrics } from '../metrics.ts';
import { version } from '../version.ts';
import { readLocale } from './locale.ts';
import { presentProblem } from './present-problem.ts';

/**
 * For infrastructure: is the process up, can it serve and if not why.
 * @param checkDatabase throws when the database cannot serve
 */
export function registerHealthRoutes(
  app: Express,
  {
    lifecycle,
    metrics,
    checkDatabase,
  }: { lifecycle: Lifecycle; metrics: Pick<Metrics, 'countRequest'>; checkDatabase: () => Promise<void> },
): void {
  app.use(metrics.countRequest);
  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok', version });
  });
  app.get('/readyz', async (req, res) => {
    try {
      if (lifecycle.phase === 'ready') await checkDatabase();
      const obstacle = describePhase(lifecycle);
      if (obstacle === undefined) res.json({ status: 'ready' });
      else sendUnready(req, res, obstacle);
    } catch (error) {
      logFailure(req.log, error, 'not ready');
      sendUnready(req, res, classifyError(error));
    }
  });
}

/** Why a process that does what it should is not ready: nothing to log. */
function describePhase({ phase, step }: Lifecycle): AppError | undefined {
  if (phase === 'ready') return undefined;
  return new AppError(phase === 'starting' ? 'server.starting' : 'server.stopping', {
    values: { step: step ?? '' },
  });
}

function sendUnready(req: Request, res: Response, error: AppError): void {
  const { code, title, detail } = presentProblem(error, readLocale(req), String(req.id));
  res.status(503).json({ status: 'unavailable', code, title, detail });
}

import type { Express, RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { logFailure } from '../database/log-failure.ts';
import { AppError } from '../errors/app-error.ts';
import { classifyError } from '../errors/classify-error.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { readLocale } from './locale.ts';
import { presentProblem } from './present-problem.ts';

/** What Prometheus reads; one for the life of a process. */
export interface Metrics {
  countRequest: RequestHandler;
  serve: RequestHandler;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'HTTP requests by method and status',
    labelNames: ['method', 'status'],
    registers: [registry],
  });
  return {
    countRequest: (req, res, next) => {
      res.on('finish', () => requests.inc({ method: req.method, status: res.statusCode }));
      next();
    },
    serve: async (_req, res) => {
      res.type(registry.contentType).send(await registry.metrics());
    },
  };
}

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
  }: { lifecycle: Lifecycle; metrics: Metrics; checkDatabase: () => Promise<void> },
): void {
  app.use(metrics.countRequest);
  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.get('/readyz', async (req, res) => {
    try {
      if (lifecycle.phase === 'ready') await checkDatabase();
      if (lifecycle.phase !== 'ready')
        throw new AppError(lifecycle.phase === 'starting' ? 'server.starting' : 'server.stopping', {
          values: { step: lifecycle.step ?? '' },
        });
      res.json({ status: 'ready' });
    } catch (error) {
      logFailure(req.log, error, 'not ready');
      const { code, title, detail } = presentProblem(classifyError(error), readLocale(req), String(req.id));
      res.status(503).json({ status: 'unavailable', code, title, detail });
    }
  });
}

import type { Express } from 'express';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import type { PrismaClient } from '../database/generated/client.ts';

/** For infrastructure: is the process up, can it serve, how does it do. */
export function registerHealthRoutes(app: Express, { prisma }: { prisma: PrismaClient }): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'HTTP requests by method and status',
    labelNames: ['method', 'status'],
    registers: [registry],
  });
  app.use((req, res, next) => {
    res.on('finish', () => requests.inc({ method: req.method, status: res.statusCode }));
    next();
  });
  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.get('/readyz', async (req, res) => {
    try {
      await prisma.$queryRaw`SELECT 1`;
      res.json({ status: 'ready' });
    } catch (error) {
      req.log.warn({ err: error }, 'not ready: the database does not answer');
      res.status(503).json({ status: 'unavailable' });
    }
  });
  app.get('/metrics', async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics());
  });
}

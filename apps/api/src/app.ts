import { randomUUID } from 'node:crypto';
import compression from 'compression';
import express, { type Express, Router } from 'express';
import { registerAttributeRoutes } from './attributes/routes.ts';
import { recordRefusedAccess } from './audit/record-refused-access.ts';
import { registerAuditRoutes } from './audit/routes.ts';
import type { Dependencies, Process } from './dependencies.ts';
import { registerDirectoryRoutes } from './directory/routes.ts';
import { createCallbackRouter } from './events/receive.ts';
import { registerCallbackRoutes } from './events/routes.ts';
import { registerExportRoutes } from './exports/routes.ts';
import { registerAccountRoutes } from './identity/accounts/routes.ts';
import { registerAuthProviderRoutes } from './identity/auth-providers/routes.ts';
import { serveVerificationFile } from './identity/auth-providers/serve-verification-file.ts';
import { registerMeRoutes } from './identity/me/routes.ts';
import { readSession } from './identity/sessions/session-cookie.ts';
import { registerSignInRoutes } from './identity/sign-in/routes.ts';
import { registerWecomSignInRoutes } from './identity/sign-in/wecom-routes.ts';
import { registerNoticeRoutes } from './notices/routes.ts';
import { registerOverviewRoutes } from './overview/routes.ts';
import { AppError } from './platform/errors/app-error.ts';
import { registerApiDocs } from './platform/http/api-docs.ts';
import { csrfProtection } from './platform/http/csrf-protection.ts';
import { handleError } from './platform/http/handle-error.ts';
import { registerHealthRoutes } from './platform/http/health-routes.ts';
import { logRequests } from './platform/http/log-requests.ts';
import { notFoundHandler } from './platform/http/not-found-handler.ts';
import { refuseBadHost } from './platform/http/public-origin.ts';
import { rejectNulBytes } from './platform/http/reject-nul-bytes.ts';
import { securityHeaders } from './platform/http/security-headers.ts';
import { serveConsole } from './platform/http/serve-console.ts';
import { serveGuide } from './platform/http/serve-guide.ts';
import { registerHistoryRoutes } from './runs/routes.ts';
import { registerSettingsRoutes } from './settings/routes.ts';
import { registerSyncRoutes } from './sync/routes.ts';

/** Generous for every body that the API takes. */
const bodyLimit = '100kb';
/** Retry-After of requests during a start. */
const startRetrySeconds = 2;

/** What answers until the database is open: the process lives and is not ready. */
export function createStartingApp(own: Process): Express {
  const app = createBareApp(own, async () => undefined);
  app.use((_req, _res, next) => {
    const step = own.lifecycle.step ?? '';
    next(new AppError('server.starting', { values: { step }, retryAfterSeconds: startRetrySeconds }));
  });
  app.use(handleError);
  return app;
}

/** The HTTP side of the server: health, API, guide and console. */
export function createApp(dependencies: Dependencies): Express {
  const { sessions, database } = dependencies;
  const app = createBareApp(dependencies, database.check);
  app.use('/api/v1', dependencies.tracing.traceRequest);
  app.use(compression({ filter: isCompressible }));
  app.use('/api/v1/wecom/callback', createCallbackRouter(dependencies.callbacks));
  app.use('/api/v1', createApi(dependencies, readSession(sessions)));
  serveVerificationFile(app, dependencies);
  serveGuide(app);
  serveConsole(app);
  app.use(() => {
    throw new AppError('request.not_found');
  });
  app.use(handleError);
  return app;
}

/** What HEALTH_PORT serves: health and metrics, nothing else. */
export function createHealthApp(own: Process, checkDatabase: () => Promise<void>): Express {
  const app = createBareApp(own, checkDatabase);
  app.get('/metrics', own.metrics.serve);
  app.use(notFoundHandler);
  app.use(handleError);
  return app;
}

/** What every answer has, and health; metrics as well unless they have a port of their own. */
function createBareApp(
  { config, logger, lifecycle, metrics }: Process,
  checkDatabase: () => Promise<void>,
): Express {
  const app = express();
  app.locals.publicUrl = config.publicUrl;
  app.set('trust proxy', config.trustedProxies); // these say who the client is
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(logRequests(logger, randomUUID));
  app.use(securityHeaders(config.publicUrl, config.wecom.loginBaseUrl));
  registerHealthRoutes(app, { lifecycle, metrics, checkDatabase });
  if (config.healthPort === undefined) app.get('/metrics', metrics.serve);
  return app;
}

function createApi(dependencies: Dependencies, session: express.RequestHandler): Router {
  const router = Router({ caseSensitive: false, strict: false });
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  router.use(refuseBadHost);
  router.use(csrfProtection(dependencies.config.publicUrl));
  router.use(express.json({ limit: bodyLimit, strict: false }));
  router.use(rejectNulBytes);
  router.use(session);
  router.use((req, _res, next) => {
    req.limitRate = dependencies.limitRate;
    next();
  });
  registerSignInRoutes(router, dependencies);
  registerWecomSignInRoutes(router, dependencies);
  registerOverviewRoutes(router, dependencies);
  registerMeRoutes(router, dependencies);
  registerAccountRoutes(router, dependencies);
  registerAuthProviderRoutes(router, dependencies);
  registerSettingsRoutes(router, dependencies);
  registerCallbackRoutes(router, dependencies);
  registerSyncRoutes(router, dependencies);
  registerHistoryRoutes(router, dependencies);
  registerDirectoryRoutes(router, dependencies);
  registerAttributeRoutes(router, dependencies);
  registerExportRoutes(router, dependencies);
  registerNoticeRoutes(router, dependencies);
  registerAuditRoutes(router, dependencies);
  registerApiDocs(router);
  router.use(notFoundHandler);
  router.use(recordRefusedAccess(dependencies.recordAttempt));
  return router;
}

/** Everything but event streams, which a compressor would hold back. */
function isCompressible(req: express.Request, res: express.Response): boolean {
  return res.getHeader('Content-Type') !== 'text/event-stream' && compression.filter(req, res);
}

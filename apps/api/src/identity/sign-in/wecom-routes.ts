import 'pino-http'; // adds `log` to requests
import { endpoints } from '@orgmirror/contracts';
import { opensPageInApp } from '@orgmirror/wecom';
import type { ErrorRequestHandler, Request, Response, Router } from 'express';
import type { ConnectWecom } from '../../connection/connect-wecom.ts';
import type { Config } from '../../platform/config.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Locale } from '../../platform/http/locale.ts';
import { mountEndpoint } from '../../platform/http/mount-endpoint.ts';
import { getPublicOrigin } from '../../platform/http/public-origin.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { homePageState } from '../auth-providers/provider-address.ts';
import { setSessionCookie } from '../sessions/session-cookie.ts';
import { type FinishedSignIn, finishWecomSignIn } from './finish-wecom-sign-in.ts';
import type { KnownDevices } from './known-devices.ts';
import type { SignInMemberDependencies } from './sign-in-member.ts';
import { type StartRequest, startWecomSignIn, stateLifetimeSeconds } from './start-wecom-sign-in.ts';
import { readBrowserBinding, setStateCookie } from './state-cookie.ts';
import { createOpenSignInClient, findWecomSignIn } from './wecom-sign-in.ts';

export type WecomSignInDependencies = Omit<SignInMemberDependencies, 'openSignInClient'> & {
  config: Config;
  devices: KnownDevices;
  connectWecom: ConnectWecom;
  metrics: Pick<Metrics, 'countSignIn'>;
};

export function registerWecomSignInRoutes(router: Router, dependencies: WecomSignInDependencies): void {
  mountEndpoint(router, endpoints.getSignInOptions, async () => {
    const signIn = await findWecomSignIn(dependencies.prisma);
    const wecom = signIn && { name: signIn.name, inApp: true, web: signIn.qrSignInEnabled };
    return { local: true, wecom };
  });
  registerStartRoutes(router, dependencies);
  registerCallbackRoute(router, dependencies);
}

function registerStartRoutes(router: Router, dependencies: WecomSignInDependencies): void {
  const start = async (
    wanted: Pick<StartRequest, 'mode' | 'returnTo' | 'authorise'>,
    { req, res, locale }: { req: Request; res: Response; locale: Locale },
  ) => {
    const request = { ...wanted, ownOrigin: getPublicOrigin(req), lang: locale };
    const started = await startWecomSignIn(dependencies, request);
    setStateCookie(req, res, { ...started, lifetimeSeconds: stateLifetimeSeconds });
    return started;
  };

  mountEndpoint(router, endpoints.startWecomSignIn, async ({ query, ...context }) => {
    const { req, res } = context;
    const { returnTo, authorise } = query;
    const auto = opensPageInApp(req.get('user-agent')) ? 'inApp' : 'web';
    const mode = query.mode === 'auto' ? auto : query.mode;
    try {
      res.location((await start({ mode, returnTo, authorise }, context)).url);
    } catch (error) {
      // A browser gets a page, a program the problem.
      if (!(error instanceof AppError) || !req.get('accept')?.includes('text/html')) throw error;
      res.location(buildErrorPath(error, '/'));
    }
  });

  mountEndpoint(router, endpoints.createSignInPanel, async ({ body, ...context }) => {
    const wanted = { mode: 'web', returnTo: body.returnTo, authorise: false } as const;
    const { corpId, agentId, redirectUri, state, url } = await start(wanted, context);
    return { appId: corpId, agentId, redirectUri, state, url };
  });
}

function registerCallbackRoute(router: Router, dependencies: WecomSignInDependencies): void {
  const openSignInClient = createOpenSignInClient(dependencies.connectWecom, dependencies.secretBox);

  mountEndpoint(router, endpoints.finishWecomSignIn, async ({ query, actor, req, res }) => {
    if (query.state === homePageState) {
      res.location(`${req.baseUrl}${endpoints.startWecomSignIn.path}?mode=inApp`);
      return;
    }
    const finished = await finishWecomSignIn(
      { ...dependencies, openSignInClient },
      {
        code: query.code,
        state: query.state,
        browserBinding: query.state === undefined ? undefined : readBrowserBinding(req, query.state),
        deviceId: dependencies.devices.read(req)?.id,
        signedIn: actor.session,
        ip: actor.ip,
        requestId: actor.requestId,
        userAgent: req.get('user-agent'),
        log: req.log,
      },
    );
    const result = finished.kind === 'signedIn' ? 'succeeded' : finished.error.code;
    dependencies.metrics.countSignIn('wecom', result);
    redirectAfterSignIn(req, res, finished);
    if (finished.kind === 'signedIn') dependencies.devices.remember(req, res);
  });
  router.use(endpoints.finishWecomSignIn.path, redirectBadQuery);
}

/** A browser waits at the callback: a malformed query leads to a page as well. Its state is not consumed. */
const redirectBadQuery: ErrorRequestHandler = (thrown, _req, res, next) => {
  if (!(thrown instanceof AppError) || thrown.code !== 'request.invalid') return next(thrown);
  const isStateBad = thrown.details.errors?.some(({ path }) => path === 'query.state');
  const error = new AppError(isStateBad ? 'sign_in.state_foreign' : 'sign_in.code_invalid', {
    cause: thrown,
  });
  res.redirect(buildErrorPath(error, '/'));
};

function redirectAfterSignIn(req: Request, res: Response, finished: FinishedSignIn): void {
  if (finished.kind === 'signedIn') setSessionCookie(req, res, finished.session.token);
  res.location(
    finished.kind === 'signedIn' ? finished.returnTo : buildErrorPath(finished.error, finished.returnTo),
  );
}

/** The console's sign-in page with the reason, from where the same page can be tried again. */
function buildErrorPath({ code }: AppError, returnTo: string): string {
  const back = returnTo === '/' ? '' : `&returnTo=${encodeURIComponent(returnTo)}`;
  return `/sign-in?error=${code}${back}`;
}

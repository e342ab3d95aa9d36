import { type AuthProvider, type BodyOf, endpoints } from '@orgmirror/contracts';
import type { TestServer } from './start-test-server.ts';

/** The only app of the WeCom simulator that a test works with. */
export function appOf({ wecom }: TestServer) {
  const [app] = wecom.apps;
  if (app === undefined) throw new Error('The WeCom simulator has no app.');
  return app;
}

/**
 * Everything that an admin does so that members can sign in: the trusted domain at WeCom, an authentication
 * here.
 */
export async function enableSignIn(
  server: TestServer,
  body: Partial<BodyOf<typeof endpoints.createAuthProvider>> = {},
): Promise<AuthProvider> {
  appOf(server).trustedDomain = new URL(server.url).host;
  return server.api.call(endpoints.createAuthProvider, {
    body: { kind: 'wecom-oauth2', name: '企业微信登录', ...body },
  });
}

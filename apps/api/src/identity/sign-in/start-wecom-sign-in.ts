import { hash, randomBytes } from 'node:crypto';
import { keepOwnPath } from '@orgmirror/contracts/return-to';
import { buildAuthorizeUrl, buildWebSignInUrl } from '@orgmirror/wecom';
import type { Now } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { buildRedirectUri } from '../auth-providers/provider-address.ts';
import { createState } from './sign-in-state-repository.ts';
import { findWecomSignIn, type WecomSignIn } from './wecom-sign-in.ts';

/** How long a sign-in may take; WeCom's codes live as long. */
export const stateLifetimeSeconds = 5 * 60;

export interface StartRequest {
  mode: 'inApp' | 'web';
  /** The origin of the console that asks, see getPublicOrigin. */
  ownOrigin: string;
  returnTo: string | undefined;
  /** The member wants to give fields. */
  authorise: boolean;
  lang: 'zh' | 'en';
}

/** A sign-in that has begun. */
export interface StartedSignIn {
  state: string;
  /** Goes into the browser's cookie. */
  browserBinding: string;
  /** WeCom's page. */
  url: string;
  corpId: string;
  agentId: number;
  redirectUri: string;
}

/**
 * Begins a sign-in by WeCom: a state that works once, for five minutes, in this browser.
 * @throws AppError `sign_in.unavailable` when this way is not switched on
 */
export async function startWecomSignIn(
  { prisma, config, now }: { prisma: PrismaClient; config: Config; now: Now },
  request: StartRequest,
): Promise<StartedSignIn> {
  const signIn = await findWecomSignIn(prisma);
  if (signIn === null || (request.mode === 'web' && !signIn.qrSignInEnabled))
    throw new AppError('sign_in.unavailable');
  const state = randomBytes(24).toString('hex'); // WeCom takes letters and digits only
  const browserBinding = randomBytes(24).toString('base64url');
  const scope = request.mode === 'web' ? 'snsapi_base' : signIn.scope;
  const at = now();
  await createState(prisma, {
    stateHash: hashText(state),
    browserHash: hashText(browserBinding),
    mode: request.mode,
    scope,
    authorise: request.authorise && scope === 'snsapi_privateinfo',
    returnTo: keepOwnPath(request.returnTo ?? '/', request.ownOrigin),
    createdAt: at,
    expiresAt: new Date(at.getTime() + stateLifetimeSeconds * 1000),
  });
  return { state, browserBinding, ...buildAddress(config, signIn, { ...request, state, scope }) };
}

function buildAddress(
  config: Config,
  signIn: WecomSignIn,
  { mode, ownOrigin, lang, state, scope }: StartRequest & { state: string; scope: string },
) {
  const where = {
    corpId: signIn.corpId,
    agentId: signIn.agentId,
    redirectUri: buildRedirectUri(signIn, ownOrigin),
  };
  const url =
    mode === 'web'
      ? buildWebSignInUrl(config.wecom.loginBaseUrl, { ...where, state, lang })
      : buildAuthorizeUrl(config.wecom.oauthBaseUrl, { ...where, state, scope });
  return { ...where, url };
}

/** What of states, codes and keys is stored. */
export const hashText = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hash('sha256', text, 'buffer'));

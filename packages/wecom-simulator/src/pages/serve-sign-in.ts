import express, { type Request, type Response, type Router } from 'express';
import { type ConsentField, consentFields } from '../apps.ts';
import type { SignInIdentity } from '../sign-in-service.ts';
import type { SimulatorState } from '../simulator-state.ts';
import {
  type AuthorizeCheck,
  type AuthorizeRequest,
  checkAuthorize,
  checkQrSignIn,
} from './check-authorize.ts';
import type { Markup } from './html.ts';
import { findIdentity, listIdentities } from './identity-choices.ts';
import { sendPage } from './page-layout.ts';
import {
  presentConsentPage,
  presentQrPage,
  presentSignInProblem,
  type SignInPageContent,
} from './sign-in-pages.ts';

interface SignInPage {
  readonly path: string;
  readonly title: string;
  /** True for the client's own page, where a remembered identity signs in without a click. */
  readonly isSilentWhenRemembered: boolean;
  readonly check: (state: SimulatorState, query: ReadonlyMap<string, string>) => AuthorizeCheck;
  readonly present: (content: SignInPageContent) => Markup;
}

const rememberCookie = 'simulator_wecom_person';

const pages: readonly SignInPage[] = [
  {
    path: '/connect/oauth2/authorize',
    title: '授权登录',
    isSilentWhenRemembered: true,
    check: checkAuthorize,
    present: presentConsentPage,
  },
  {
    path: '/wwlogin/sso/login',
    title: '企业微信登录',
    isSilentWhenRemembered: false,
    check: checkQrSignIn,
    present: presentQrPage,
  },
];

function readQuery(request: Request): Map<string, string> {
  return new Map(new URL(request.originalUrl, 'http://simulator.invalid').searchParams);
}

/** What the server answers to a page's GET or POST. */
type Outcome =
  | { readonly kind: 'page'; readonly main: Markup }
  | { readonly kind: 'problem'; readonly text: string }
  | { readonly kind: 'redirect'; readonly href: string; readonly remember?: string };

interface Choice {
  readonly identity: SignInIdentity;
  readonly agreedFields: readonly ConsentField[];
}

const problem = (text: string): Outcome => ({ kind: 'problem', text });

/** The way back to the app; a refusal carries the state but no code. */
function leadBack({ redirectUri, state }: AuthorizeRequest, code: string | undefined): Outcome {
  const target = new URL(redirectUri);
  if (code !== undefined) target.searchParams.set('code', code);
  if (state !== undefined) target.searchParams.set('state', state);
  return { kind: 'redirect', href: target.href };
}

function isInScope(state: SimulatorState, { app }: AuthorizeRequest, identity: SignInIdentity): boolean {
  if (app === undefined || identity.kind !== 'member') return false;
  const member = state.corp.findMember(identity.userid);
  return member !== undefined && state.viewScope(app.scope).seesMember(member);
}

function grantCode(state: SimulatorState, request: AuthorizeRequest, choice: Choice): Outcome {
  if (request.requestsPrivateInfo && !isInScope(state, request, choice.identity)) {
    return problem('你不在该应用的可见范围内 / you are not in the visible range of this app');
  }
  const code = state.signIns.createCode({
    identity: choice.identity,
    agentid: request.app?.agentid,
    redirectHost: request.redirectUri.host,
    agreedFields: request.requestsPrivateInfo ? choice.agreedFields : undefined,
  });
  return leadBack(request, code);
}

function readRememberedIdentity(state: SimulatorState, request: Request): SignInIdentity | undefined {
  const cookies = (request.get('Cookie') ?? '').split(/;\s*/);
  const value = cookies.find((cookie) => cookie.startsWith(`${rememberCookie}=`))?.split('=')[1];
  return value === undefined ? undefined : findIdentity(state.corp, decodeURIComponent(value));
}

function openPage(state: SimulatorState, page: SignInPage, request: Request): Outcome {
  const query = readQuery(request);
  const checked = page.check(state, query);
  if (checked.kind === 'problem') return checked;
  const remembered = page.isSilentWhenRemembered ? readRememberedIdentity(state, request) : undefined;
  if (remembered !== undefined && !checked.request.requestsPrivateInfo) {
    return grantCode(state, checked.request, { identity: remembered, agreedFields: [] });
  }
  const choices = listIdentities(state.corp, query.get('q') ?? '');
  const content = { request: checked.request, ownUrl: request.originalUrl, query, choices };
  return { kind: 'page', main: page.present(content) };
}

function readDecision(state: SimulatorState, page: SignInPage, request: Request): Outcome {
  const checked = page.check(state, readQuery(request));
  if (checked.kind === 'problem') return checked;
  const form = new URLSearchParams(String(request.body));
  if (form.get('decision') === 'refuse') return leadBack(checked.request, undefined);
  const value = form.get('identity') ?? '';
  const identity = findIdentity(state.corp, value);
  if (identity === undefined) return problem('请选择一位成员 / choose a member');
  const agreed = form.getAll('agreed');
  const agreedFields = consentFields.filter((field) => agreed.includes(field));
  const outcome = grantCode(state, checked.request, { identity, agreedFields });
  const remembers = outcome.kind === 'redirect' && form.get('remember') === 'true';
  return remembers ? { ...outcome, remember: value } : outcome;
}

function sendOutcome(response: Response, title: string, outcome: Outcome): void {
  if (outcome.kind === 'page') {
    sendPage(response, 200, title, outcome.main);
  } else if (outcome.kind === 'problem') {
    sendPage(response, 200, '出错了', presentSignInProblem(outcome.text));
  } else {
    if (outcome.remember !== undefined) {
      response.cookie(rememberCookie, outcome.remember, { httpOnly: true, sameSite: 'lax' });
    }
    response.redirect(302, outcome.href);
  }
}

/** Routes of the consent page and the QR page. */
export function serveSignIn(state: SimulatorState): Router {
  const router = express.Router();
  const readForm = express.text({ type: 'application/x-www-form-urlencoded', defaultCharset: 'utf-8' });
  for (const page of pages) {
    router.get(page.path, (request, response) =>
      sendOutcome(response, page.title, openPage(state, page, request)),
    );
    router.post(page.path, readForm, (request, response) =>
      sendOutcome(response, page.title, readDecision(state, page, request)),
    );
  }
  return router;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodes } from '@orgmirror/contracts';
import { isWecomError } from '@orgmirror/wecom';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { SignInState } from '../../platform/database/generated/client.ts';
import { logFailure } from '../../platform/database/log-failure.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { classifyError } from '../../platform/errors/classify-error.ts';
import type { SignedIn } from '../../platform/http/signed-in.ts';
import type { StartedSession } from '../sessions/session-service.ts';
import { type SignInMemberDependencies, signInMember } from './sign-in-member.ts';
import { consumeState, findState, saveSignInResult } from './sign-in-state-repository.ts';
import { hashText } from './start-wecom-sign-in.ts';

/** What a callback brings. */
export interface Callback {
  code: string | undefined;
  state: string | undefined;
  /** From the browser's cookie; undefined when it did not begin this sign-in. */
  browserBinding: string | undefined;
  /** A browser in which somebody has signed in before. */
  deviceId: string | undefined;
  /** Who is signed in in this browser already. */
  signedIn: SignedIn | undefined;
  ip: string | null;
  requestId: string;
  userAgent: string | undefined;
  log: Logger;
}

/** Where the browser is redirected to. */
export type FinishedSignIn =
  | { kind: 'signedIn'; session: StartedSession; returnTo: string }
  | { kind: 'refused'; error: AppError; returnTo: string };

/** How long a second fetch of the same callback waits for the first: longer than WeCom's answer may take. */
const resultTimeoutMs = 45_000;
const pollIntervalMs = 100;

/**
 * Ends a sign-in by WeCom. The state must be of this browser, not used and not late; then the code goes to
 * WeCom, once. The very same callback again (a prefetch, a double click, the back button) gets what the first
 * one got; any other is refused.
 */
export async function finishWecomSignIn(
  dependencies: SignInMemberDependencies,
  callback: Callback,
): Promise<FinishedSignIn> {
  let returnTo = '/';
  try {
    const consumed = await consumeOwnState(dependencies, callback);
    const row = consumed ?? (await findKnownState(dependencies, callback));
    returnTo = row.returnTo;
    const session = await (consumed
      ? openSession(dependencies, consumed, callback)
      : findSession(dependencies, row, callback));
    return { kind: 'signedIn', session, returnTo };
  } catch (thrown) {
    const error = classifyError(thrown);
    logRefusal(callback.log, thrown, error);
    return { kind: 'refused', error, returnTo };
  }
}

/** The state, if this callback is the first of its own browser and in time. */
async function consumeOwnState(
  { prisma, now }: SignInMemberDependencies,
  { state, browserBinding, code }: Callback,
): Promise<SignInState | undefined> {
  if (state === undefined || browserBinding === undefined) return undefined;
  const own = { stateHash: hashText(state), browserHash: hashText(browserBinding) };
  return consumeState(prisma, own, { codeHash: code ? hashText(code) : null, at: now() });
}

async function findKnownState(
  { prisma }: SignInMemberDependencies,
  { state }: Callback,
): Promise<SignInState> {
  const row = state === undefined ? null : await findState(prisma, hashText(state));
  if (row === null) throw new AppError('sign_in.state_foreign');
  return row;
}

/** A state that could not be consumed gives at most the session that it has given before. */
async function findSession(
  dependencies: SignInMemberDependencies,
  row: SignInState,
  callback: Callback,
): Promise<StartedSession> {
  const { sessions, now } = dependencies;
  // Back to a callback whose session this browser still has; by now the state's own cookie may be gone.
  if (row.sessionId !== null && row.sessionId === callback.signedIn?.sessionId) {
    const session = await sessions.reissue(row.sessionId);
    if (session !== undefined) return session;
  }
  if (!isHashOf(row.browserHash, callback.browserBinding)) throw new AppError('sign_in.state_foreign');
  if (row.expiresAt <= now())
    throw new AppError(row.usedAt === null ? 'sign_in.state_expired' : 'sign_in.state_used');
  return awaitFirstCallback(dependencies, row, callback);
}

async function openSession(
  dependencies: SignInMemberDependencies,
  row: SignInState,
  callback: Callback,
): Promise<StartedSession> {
  const { prisma } = dependencies;
  try {
    const session = await signInMember(dependencies, row, callback);
    await saveSignInResult(prisma, row.stateHash, { sessionId: session.sessionId });
    return session;
  } catch (error) {
    await saveSignInResult(prisma, row.stateHash, { error: classifyError(error).code });
    throw error;
  }
}

/** The state is used. With the same code: what came of the first callback, as soon as it is known. */
async function awaitFirstCallback(
  { prisma, sessions }: SignInMemberDependencies,
  { stateHash }: SignInState,
  { code }: Callback,
): Promise<StartedSession> {
  for (let waitedMs = 0; waitedMs < resultTimeoutMs; waitedMs += pollIntervalMs) {
    const row = await findState(prisma, stateHash);
    if (row?.codeHash == null || !isHashOf(row.codeHash, code)) break;
    if (row.error !== null) throw new AppError(z.enum(errorCodes).parse(row.error));
    if (row.sessionId !== null) {
      const session = await sessions.reissue(row.sessionId);
      if (session !== undefined) return session;
      break; // it has ended since, and is not opened again
    }
    await sleep(pollIntervalMs);
  }
  throw new AppError('sign_in.state_used');
}

const isHashOf = (stored: Uint8Array, text: string | undefined): boolean =>
  text !== undefined && Buffer.from(stored).equals(hashText(text));

/** WeCom's errors carry neither code nor token: the client keeps them out. */
function logRefusal(log: Logger, thrown: unknown, { code }: AppError): void {
  const message = 'a sign-in by WeCom was refused';
  if (isWecomError(thrown)) log.warn({ err: thrown, code }, message);
  else if (code === 'server.unexpected' || code.startsWith('database.'))
    logFailure(log, thrown, message, { level: 'error', code });
  else log.info({ code }, message);
}

import { toMemberKey } from '@orgmirror/planner';
import { isWecomError, WecomApiError, type WecomClient } from '@orgmirror/wecom';
import type { Logger } from 'pino';
import type { RecordAttempt } from '../../audit/record-attempt.ts';
import { recordAudit, type Transaction } from '../../audit/record-audit.ts';
import type { Now } from '../../platform/clock.ts';
import type { Member, PrismaClient, SignInState } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { classifyError } from '../../platform/errors/classify-error.ts';
import type { SignedIn } from '../../platform/http/signed-in.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { findConsent } from '../consent/consent-repository.ts';
import { storeAuthorisedFields } from '../consent/store-authorised-fields.ts';
import { ownerOf } from '../sessions/session.ts';
import {
  presentSignedInMember,
  type SessionService,
  type StartedSession,
} from '../sessions/session-service.ts';
import type { CodeThrottle } from './code-throttle.ts';
import { type IdentifiedMember, identifyMember, MemberRefusedError } from './identify-member.ts';
import { findWecomSignIn, type OpenSignInClient } from './wecom-sign-in.ts';

export interface SignInMemberDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  sessions: SessionService;
  openSignInClient: OpenSignInClient;
  codeThrottle: CodeThrottle;
  recordAttempt: RecordAttempt;
  now: Now;
}

/** Who asks to be signed in, and from where. */
export interface SignInMemberRequest {
  code: string | undefined;
  /** A browser in which somebody has signed in before. */
  deviceId: string | undefined;
  signedIn: SignedIn | undefined;
  ip: string | null;
  requestId: string;
  userAgent: string | undefined;
  log: Logger;
}

/** Someone waits in front of the page, and the sign-in is good without the fields. */
const detailTimeoutMs = 8_000;

/**
 * Gives the code to WeCom and opens a session for the member behind it, whose fields are kept if they gave
 * some. Success and failure are audited.
 * @throws what identifyMember throws; AppError `sign_in.refused` without a code, `sign_in.unavailable`
 */
export async function signInMember(
  dependencies: SignInMemberDependencies,
  state: SignInState,
  request: SignInMemberRequest,
): Promise<StartedSession> {
  const { prisma, recordAttempt } = dependencies;
  const { ip, requestId } = request;
  try {
    const member = await identify(dependencies, state, request);
    return await prisma.$transaction(async (transaction) => {
      const session = await openSession(dependencies, transaction, member, request);
      const signedIn = { sessionId: session.sessionId, user: presentSignedInMember(member) };
      const facts = { action: 'session.sign_in', after: { way: 'wecom' } } as const;
      await recordAudit(transaction, { session: signedIn, ip, requestId }, facts);
      return session;
    }, transactionTimeouts);
  } catch (error) {
    const name = error instanceof MemberRefusedError ? error.userId : undefined;
    const { code } = classifyError(error);
    await recordAttempt(
      name ?? code,
      { session: undefined, ip, requestId, ...(name !== undefined && { name }) },
      { action: 'session.sign_in', after: { way: 'wecom', error: code, ...findErrcode(error) } },
    );
    throw error;
  }
}

async function identify(
  dependencies: SignInMemberDependencies,
  { authorise }: SignInState,
  request: SignInMemberRequest,
): Promise<Member> {
  const { prisma, openSignInClient, codeThrottle } = dependencies;
  if (!request.code) throw new AppError('sign_in.refused'); // WeCom's way to say that the member cancelled
  const current = await findWecomSignIn(prisma);
  if (current === null) throw new AppError('sign_in.unavailable');
  const client = openSignInClient(current);
  const { code, ip: address, deviceId } = request;
  const identified = await codeThrottle.exchange({ address, deviceId }, () =>
    identifyMember({ prisma, client }, current.corpRowId, code),
  );
  try {
    await keepGivenFields(dependencies, client, identified, { ...request, authorise });
  } catch (error) {
    request.log.warn({ err: error }, 'what a member authorised could not be taken over'); // the sign-in goes on
  }
  return identified.member;
}

/** Nothing is even asked for of a member who declined or withdrew, unless they want it now. */
async function keepGivenFields(
  dependencies: SignInMemberDependencies,
  client: WecomClient,
  { member, userTicket }: IdentifiedMember,
  {
    authorise,
    ip,
    requestId,
    log,
  }: Pick<SignInMemberRequest, 'ip' | 'requestId' | 'log'> & { authorise: boolean },
): Promise<void> {
  if (userTicket === undefined) return;
  const { prisma, recordAttempt } = dependencies;
  const { decision } = await findConsent(prisma, member.id);
  if (decision !== null && decision !== 'agreed' && !authorise) return;
  const detail = await client.getUserDetail(userTicket, { signal: AbortSignal.timeout(detailTimeoutMs) });
  const actor = { session: { sessionId: '', user: presentSignedInMember(member) }, ip, requestId };
  if (toMemberKey(detail.userid) !== member.userKey) {
    // Another member's fields must not become this member's, even when WeCom or a proxy mixed them up.
    log.warn({ userId: member.userId, answered: detail.userid }, 'WeCom answered about another member');
    const after = { error: 'wecom.bad_answer', answered: detail.userid };
    await recordAttempt(String(member.id), actor, { action: 'authorisation.agree', after });
    return;
  }
  await storeAuthorisedFields(
    dependencies,
    { memberId: member.id, detail, overridesRefusal: authorise },
    (transaction, fields) =>
      recordAudit(transaction, actor, { action: 'authorisation.agree', after: { fields } }),
  );
}

/** Another sign-in of the same member keeps the session of this browser; a session of another user ends. */
async function openSession(
  { sessions }: SignInMemberDependencies,
  transaction: Transaction,
  member: Member,
  { signedIn, ip, userAgent }: SignInMemberRequest,
): Promise<StartedSession> {
  const owner = ownerOf(presentSignedInMember(member));
  const isSamePerson = signedIn?.user.kind === 'member' && signedIn.user.id === String(member.id);
  if (signedIn !== undefined && isSamePerson) return sessions.renew(transaction, signedIn.sessionId);
  if (signedIn !== undefined) await sessions.end(transaction, signedIn.sessionId);
  return sessions.start(transaction, owner, { ip, userAgent });
}

/** WeCom's own number, for the admin who looks it up. */
function findErrcode(error: unknown): { errcode?: number } {
  const source = error instanceof AppError ? error.cause : error;
  return isWecomError(source) && source instanceof WecomApiError ? { errcode: source.errcode } : {};
}

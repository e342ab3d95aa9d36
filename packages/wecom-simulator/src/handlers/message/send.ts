import { VendorError } from '../../vendor-errors.ts';
import type { AppEndpoint, AppRequest } from '../endpoint.ts';

const maxRecipients = 1_000;
const maxTextBytes = 2_048;
const maxOnceForSeconds = 4 * 3_600;

function readRecipients({ touser, toparty, totag }: AppRequest['body']): string[] {
  if (!touser && !toparty && !totag) throw new VendorError(40063);
  // The product addresses members only.
  if (typeof touser !== 'string' || toparty || totag) throw new VendorError(40035);
  const userids = touser.split('|').filter((userid) => userid !== '');
  if (userids.length === 0 || userids.length > maxRecipients) throw new VendorError(40058);
  return userids;
}

function readText({ msgtype, text }: AppRequest['body']): string {
  if (msgtype !== 'text') throw new VendorError(40008);
  const content: unknown = typeof text === 'object' && text !== null && 'content' in text ? text.content : '';
  if (typeof content !== 'string' || content === '') throw new VendorError(44004);
  // What is beyond is cut without a word; a character that does not fit is left out.
  return new TextDecoder().decode(new TextEncoder().encode(content).subarray(0, maxTextBytes), {
    stream: true,
  });
}

function readOnceForSeconds(body: AppRequest['body']): number {
  if (body.enable_duplicate_check !== 1) return 0;
  const { duplicate_check_interval: interval = 1_800 } = body;
  if (!Number.isInteger(interval) || Number(interval) > maxOnceForSeconds) throw new VendorError(40058);
  return Number(interval);
}

/**
 * POST message/send, texts to members only: 301002 for another app's agentid, 40056 for none, 40063 without
 * recipients, 81013 when none of them is in the visible scope; some who are not are named in `invaliduser`.
 */
export const messageSend: AppEndpoint = {
  path: 'message/send',
  method: 'POST',
  access: 'signIn',
  emptyOnFailure: {},
  answer({ state, app, view, body }) {
    const agentid = Number(body.agentid);
    if (!state.apps.some((candidate) => candidate.agentid === agentid)) throw new VendorError(40056);
    if (agentid !== app.agentid) throw new VendorError(301002);
    const userids = readRecipients(body);
    const text = readText(body);
    const onceForSeconds = readOnceForSeconds(body);
    const isReached = (userid: string) => {
      const member = state.corp.findMember(userid);
      return member !== undefined && view.seesMember(member);
    };
    const reached = userids.filter(isReached);
    if (reached.length === 0) throw new VendorError(81013);
    state.outbox.deliver({ agentid, userids: reached, text }, onceForSeconds);
    const missed = userids.filter((userid) => !isReached(userid));
    return {
      ...(missed.length > 0 && { invaliduser: missed.join('|') }),
      msgid: state.createText(64),
    };
  },
};

import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { readString } from '../field-readers.ts';
import { buildShapeError } from '../read-answer.ts';

/** The identity behind an OAuth2 code. */
export type WecomIdentity =
  | {
      readonly kind: 'member';
      /** Also of a member outside the app's visible range: to be checked against the known members. */
      readonly userid: string;
      /**
       * Opens auth/getuserdetail for 1800 s; only after `snsapi_privateinfo`, for a member in the visible
       * range.
       */
      readonly userTicket: string | undefined;
    }
  | {
      /** A member of a linked or upstream company. */
      readonly kind: 'linkedCorp';
      readonly corpId: string;
      readonly userid: string;
    }
  | {
      /** Nobody of the company. */
      readonly kind: 'outsider';
      readonly openid: string;
      readonly externalUserid: string | undefined;
    };

const answer = z.looseObject({});
type Answer = z.output<typeof answer>;
type GetuserinfoEndpoint = Endpoint<{ readonly code: string }, Answer, WecomIdentity>;

const createGetuserinfo = (path: 'auth/getuserinfo' | 'user/getuserinfo'): GetuserinfoEndpoint => ({
  method: 'GET',
  path,
  needsToken: true,
  singleUse: true,
  query: ({ code }) => ({ code }),
  secrets: ({ code }) => [code],
  answer,
  read: (body) => readIdentity(path, body),
});

/**
 * GET auth/getuserinfo: who a code stands for; a code works once and for five minutes, then 40029, 42003 or
 * 42022. Source: document/path/96442 and 98177.
 */
export const authGetuserinfo = createGetuserinfo('auth/getuserinfo');

/** The older path, for private editions that lack the newer one; its fields are spelt `UserId`, `OpenId`. */
export const userGetuserinfo = createGetuserinfo('user/getuserinfo');

function readIdentity(path: string, body: Answer): WecomIdentity {
  const field = openFields(body);
  const userid = field('userid');
  if (userid !== undefined) {
    const slash = userid.indexOf('/');
    return slash === -1
      ? { kind: 'member', userid, userTicket: field('user_ticket') }
      : { kind: 'linkedCorp', corpId: userid.slice(0, slash), userid: userid.slice(slash + 1) };
  }
  const openid = field('openid');
  const externalUserid = field('external_userid');
  if (openid === undefined && externalUserid === undefined) throw buildShapeError(path, 'userid');
  return { kind: 'outsider', openid: openid ?? '', externalUserid };
}

/** Reads fields case-insensitively, numbers as texts; an empty one counts as absent. */
function openFields(body: Answer): (name: string) => string | undefined {
  const byName = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => readString(byName.get(name)) || undefined;
}

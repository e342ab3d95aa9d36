import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { createObjectReader, readString } from '../field-readers.ts';
import { requiredUserid } from './fields.ts';

/**
 * What a member has agreed to give (document/path/96443). A field that the admin did not tick or the member
 * did not agree to is absent or empty; gender is then "0".
 */
export interface WecomUserDetail {
  readonly userid: string;
  /** "1" male, "2" female, "0" not given. */
  readonly gender?: string;
  readonly avatar?: string;
  readonly qr_code?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly biz_mail?: string;
  readonly address?: string;
}

const answer = z.looseObject({ userid: requiredUserid });

const readUserDetail = createObjectReader<WecomUserDetail>({
  userid: readString,
  gender: readString,
  avatar: readString,
  qr_code: readString,
  mobile: readString,
  email: readString,
  biz_mail: readString,
  address: readString,
});

/** POST auth/getuserdetail: 84014 once the ticket's 1800 s are over, 84015 for one that is none. */
export const authGetuserdetail: Endpoint<
  { readonly userTicket: string },
  z.output<typeof answer>,
  WecomUserDetail
> = {
  method: 'POST',
  path: 'auth/getuserdetail',
  needsToken: true,
  query: () => ({}),
  body: ({ userTicket }) => ({ user_ticket: userTicket }),
  secrets: ({ userTicket }) => [userTicket],
  answer,
  read: ({ errcode: _errcode, errmsg: _errmsg, ...detail }, onUnexpectedField) =>
    readUserDetail(detail, onUnexpectedField),
};

import type { ConsentField } from '../../apps.ts';
import { readSensitiveDetails } from '../../corp/member-details.ts';
import { VendorError } from '../../vendor-errors.ts';
import type { AppEndpoint } from '../endpoint.ts';

/**
 * POST auth/getuserdetail: the fields that the admin ticked and the member agreed to; of the others gender is
 * "0" and the rest ''. 84090 without ticket, 84014 after 1800 s, 84015 for a made-up one or another app's,
 * 60111 when the member is no longer in the visible scope.
 */
export const authGetuserdetail: AppEndpoint = {
  path: 'auth/getuserdetail',
  method: 'POST',
  access: 'signIn',
  emptyOnFailure: {},
  answer({ state, app, view, body }) {
    const ticket = body.user_ticket;
    if (typeof ticket !== 'string' || ticket === '') throw new VendorError(84090);
    const claimed = state.signIns.lookUpTicket(ticket);
    if (claimed.kind !== 'ok') throw new VendorError(claimed.kind === 'expired' ? 84014 : 84015);
    const { grant } = claimed;
    if (grant.agentid !== app.agentid) throw new VendorError(84015);
    const member = state.corp.findMember(grant.userid);
    if (member === undefined || !view.seesMember(member)) throw new VendorError(60111);
    const details = readSensitiveDetails(member);
    const give = (field: ConsentField) => {
      const isGiven = app.grantedConsentFields.includes(field) && grant.agreedFields.includes(field);
      return isGiven ? details[field] : field === 'gender' ? '0' : '';
    };
    return {
      userid: member.userid,
      gender: give('gender'),
      avatar: give('avatar'),
      qr_code: give('qr_code'),
      mobile: give('mobile'),
      email: give('email'),
      biz_mail: give('biz_mail'),
      address: give('address'),
    };
  },
};

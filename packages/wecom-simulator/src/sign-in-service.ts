import type { ConsentField } from './apps.ts';

/** The identity that a code stands for: a member, a member of a linked corp, or an outsider. */
export type SignInIdentity =
  | { readonly kind: 'member'; readonly userid: string }
  | { readonly kind: 'linkedCorp'; readonly id: string }
  | { readonly kind: 'outsider'; readonly openid: string; readonly external_userid?: string };

/** The result of a consent or QR page, for which a code is issued. */
export interface CodeGrant {
  readonly identity: SignInIdentity;
  /** The app that the authorize URL named; undefined when it named none. */
  readonly agentid: number | undefined;
  /** `host[:port]` of redirect_uri. */
  readonly redirectHost: string;
  /** Fields that the member agreed to share; undefined without `snsapi_privateinfo`. */
  readonly agreedFields: readonly ConsentField[] | undefined;
}

/** What a user_ticket opens. */
interface TicketGrant {
  readonly userid: string;
  readonly agentid: number;
  readonly agreedFields: readonly ConsentField[];
}

/** Result of looking a ticket up or using a code. */
type Claim<Grant> =
  | { readonly kind: 'ok'; readonly grant: Grant }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' };

/** Issues OAuth2 codes (one use, 5 minutes) and user tickets (1800 s). */
export interface SignInService {
  createCode(grant: CodeGrant): string;
  /** Consumes a code. A used or made-up one is `unknown`. */
  useCode(code: string): Claim<CodeGrant>;
  createTicket(grant: TicketGrant): string;
  lookUpTicket(ticket: string): Claim<TicketGrant>;
}

const codeLifetimeMs = 5 * 60_000;
const ticketLifetimeMs = 1_800_000;
const codeLength = 43;
const ticketLength = 128;

interface Dated<Grant> {
  readonly grant: Grant;
  readonly expiresAtMs: number;
}

function claim<Grant>(known: Dated<Grant> | undefined, nowMs: number): Claim<Grant> {
  if (known === undefined) return { kind: 'unknown' };
  return known.expiresAtMs <= nowMs ? { kind: 'expired' } : { kind: 'ok', grant: known.grant };
}

/** Creates a service without codes, on the given clock (milliseconds) and source of random texts. */
export function createSignInService(
  now: () => number,
  createText: (length: number) => string,
): SignInService {
  const codes = new Map<string, Dated<CodeGrant>>();
  const tickets = new Map<string, Dated<TicketGrant>>();
  return {
    createCode(grant) {
      const code = createText(codeLength);
      codes.set(code, { grant, expiresAtMs: now() + codeLifetimeMs });
      return code;
    },
    useCode(code) {
      const claimed = claim(codes.get(code), now());
      codes.delete(code);
      return claimed;
    },
    createTicket(grant) {
      const ticket = createText(ticketLength);
      tickets.set(ticket, { grant, expiresAtMs: now() + ticketLifetimeMs });
      return ticket;
    },
    lookUpTicket: (ticket) => claim(tickets.get(ticket), now()),
  };
}

import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';

/** A text from the app to members in its visible scope. */
export interface WecomMessage {
  readonly agentid: number;
  /** 1 to 1,000 of them. */
  readonly userids: readonly string[];
  /** WeCom cuts what is beyond 2,048 bytes of UTF-8. */
  readonly text: string;
  /**
   * For this long WeCom delivers the same text to the same members once, however often it is sent; at most
   * 14,400. Left out: each time.
   */
  readonly deliverOnceForSeconds?: number | undefined;
}

/** Whom a message did not reach, although it reached others. */
export interface WecomMessageResult {
  /** Members who are unknown or outside the visible scope. */
  readonly invalidUserids: readonly string[];
  /** Members whose interface licence has run out. */
  readonly unlicensedUserids: readonly string[];
}

const answer = z.looseObject({ invaliduser: z.string().nullish(), unlicenseduser: z.string().nullish() });

const splitIds = (ids: string | null | undefined): string[] => (ids ?? '').split('|').filter(Boolean);

/**
 * POST message/send: 81013 when no recipient can be reached; those who cannot while others can are named in a
 * successful answer. Source: document/path/90236.
 */
export const messageSend: Endpoint<WecomMessage, z.output<typeof answer>, WecomMessageResult> = {
  method: 'POST',
  path: 'message/send',
  needsToken: true,
  singleUse: true,
  query: () => ({}),
  body: ({ agentid, userids, text, deliverOnceForSeconds }) => ({
    touser: userids.join('|'),
    msgtype: 'text',
    agentid,
    text: { content: text },
    ...(deliverOnceForSeconds !== undefined && {
      enable_duplicate_check: 1,
      duplicate_check_interval: deliverOnceForSeconds,
    }),
  }),
  answer,
  read: ({ invaliduser, unlicenseduser }) => ({
    invalidUserids: splitIds(invaliduser),
    unlicensedUserids: splitIds(unlicenseduser),
  }),
};

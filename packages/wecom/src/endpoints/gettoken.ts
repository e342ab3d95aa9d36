import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { requiredPositiveInteger } from './fields.ts';

/** What gettoken returns, before it becomes an entry of the token store. */
export interface WecomTokenAnswer {
  readonly access_token: string;
  /** Lifetime in seconds, normally 7200. */
  readonly expires_in: number;
}

const answer = z.looseObject({ access_token: z.string().min(1), expires_in: requiredPositiveInteger });

/** GET gettoken: the access token of one secret. Source: document/path/91039, read 2024-03-26. */
export const gettoken: Endpoint<
  { readonly corpid: string; readonly corpsecret: string },
  z.output<typeof answer>,
  WecomTokenAnswer
> = {
  method: 'GET',
  path: 'gettoken',
  needsToken: false,
  query: ({ corpid, corpsecret }) => ({ corpid, corpsecret }),
  answer,
  read: ({ access_token, expires_in }) => ({ access_token, expires_in }),
};

import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { createObjectReader, readInteger, readString } from '../field-readers.ts';
import { requiredPositiveInteger, requiredUserid } from './fields.ts';

/** The app behind a secret (document/path/96448): what the admin sees of it, and its visible range. */
export interface WecomAgent {
  readonly agentid?: number;
  readonly name?: string;
  readonly square_logo_url?: string;
  readonly description?: string;
  /** 1 when the app is disabled. */
  readonly close?: number;
  /** Trusted domain for OAuth; empty when unset. */
  readonly redirect_domain?: string;
  readonly home_url?: string;
  /** Members made visible one by one; user/list does not return those whose departments are not visible. */
  readonly allow_userinfos: { readonly user: readonly { readonly userid: string }[] };
  /** Topmost visible departments; their descendants are visible too. */
  readonly allow_partys: { readonly partyid: readonly number[] };
  readonly allow_tags: { readonly tagid: readonly number[] };
}

type AgentFacts = Omit<WecomAgent, 'allow_userinfos' | 'allow_partys' | 'allow_tags'>;

/** An object that may be left out; some languages' servers write an empty one as an empty list. */
const optionalObject = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.union([z.looseObject(shape), z.array(z.never()).transform(() => null)]).nullish();

// The visible range decides who is read at all, so a malformed entry in it fails the answer instead of being
// dropped.
const answer = z.looseObject({
  allow_userinfos: optionalObject({ user: z.array(z.looseObject({ userid: requiredUserid })).nullish() }),
  allow_partys: optionalObject({ partyid: z.array(requiredPositiveInteger).nullish() }),
  allow_tags: optionalObject({ tagid: z.array(requiredPositiveInteger).nullish() }),
});

const readAgentFacts = createObjectReader<AgentFacts>({
  agentid: readInteger,
  name: readString,
  square_logo_url: readString,
  description: readString,
  close: readInteger,
  redirect_domain: readString,
  home_url: readString,
});

/**
 * GET agent/get: the app of this token; another app's id is answered with 301002.
 * The three `allow_*` ranges read as empty when WeCom leaves them out.
 */
export const agentGet: Endpoint<{ readonly agentid: number }, z.output<typeof answer>, WecomAgent> = {
  method: 'GET',
  path: 'agent/get',
  needsToken: true,
  query: ({ agentid }) => ({ agentid }),
  answer,
  read: ({ errcode: _errcode, errmsg: _errmsg, ...agent }, onUnexpectedField) => ({
    ...readAgentFacts(agent, onUnexpectedField),
    allow_userinfos: { user: (agent.allow_userinfos?.user ?? []).map(({ userid }) => ({ userid })) },
    allow_partys: { partyid: agent.allow_partys?.partyid ?? [] },
    allow_tags: { tagid: agent.allow_tags?.tagid ?? [] },
  }),
};

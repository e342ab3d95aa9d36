import type { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { memberAnswer, readMember, type WecomMember } from './member.ts';

/** GET user/get: one member; 60111 when it does not exist or is not visible. Source: document/path/96255. */
export const userGet: Endpoint<{ readonly userid: string }, z.output<typeof memberAnswer>, WecomMember> = {
  method: 'GET',
  path: 'user/get',
  needsToken: true,
  query: ({ userid }) => ({ userid }),
  answer: memberAnswer,
  read: ({ errcode: _errcode, errmsg: _errmsg, ...member }, onUnexpectedField) =>
    readMember(member, onUnexpectedField),
};

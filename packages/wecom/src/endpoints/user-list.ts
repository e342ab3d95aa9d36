import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { memberAnswer, readMember, type WecomMember } from './member.ts';

const answer = z.looseObject({ userlist: z.array(memberAnswer) });

/**
 * GET user/list: the direct members of one department, in no defined order; no paging. A member of N
 * departments is in N answers. `fetch_child` left the documentation and is never sent. Source:
 * document/path/96260.
 */
export const userList: Endpoint<
  { readonly department_id: number },
  z.output<typeof answer>,
  WecomMember[]
> = {
  method: 'GET',
  path: 'user/list',
  needsToken: true,
  query: ({ department_id }) => ({ department_id }),
  answer,
  read: ({ userlist }, onUnexpectedField) =>
    userlist.map((element) => readMember(element, onUnexpectedField)),
};

import type { AnswerOf, BodyOf, endpoints, MemberSummary } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setMembersAccess } from '../../lib/api/directory.ts';

type Change = Omit<BodyOf<typeof endpoints.setMembersAccess>, 'userIds'>;
export type AccessResult = AnswerOf<typeof endpoints.setMembersAccess>['results'][number];

/** As many as the server takes at once. */
const maxMembers = 200;

/** Changes what several members may do in this console, and tells what became of each. */
export function useSetMembersAccess() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ members, change }: { members: readonly MemberSummary[]; change: Change }) => {
      const results: AccessResult[] = [];
      for (let at = 0; at < members.length; at += maxMembers) {
        const userIds = members.slice(at, at + maxMembers).map(({ wecomUserId }) => wecomUserId);
        results.push(...(await setMembersAccess({ body: { ...change, userIds } })).results);
      }
      return results;
    },
    // Also after a failure: those before it are changed.
    onSettled: () => client.invalidateQueries({ queryKey: ['members'] }),
  });
}

import type { BodyOf, endpoints, MemberDetail } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setMemberAccess } from '../../lib/api/directory.ts';

/** Changes what a member may do in this console. */
export function useSetMemberAccess({ wecomUserId }: MemberDetail) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.setMemberAccess>) =>
      setMemberAccess({ params: { wecomUserId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['members'] }),
  });
}

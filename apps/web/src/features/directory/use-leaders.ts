import type { MemberDetail } from '@orgmirror/contracts';
import { useQueries } from '@tanstack/react-query';
import { memberQuery } from '../../entities/members/member-query.ts';

interface Leader {
  readonly userId: string;
  /** Undefined until it is there, and for a leader whom the app does not see. */
  readonly member: MemberDetail | undefined;
}

/** The first leaders of a department, as members. */
export function useLeaders(userIds: readonly string[], count: number): Leader[] {
  const shown = userIds.slice(0, count);
  const members = useQueries({
    queries: shown.map((userId) => ({ ...memberQuery(userId), staleTime: 300_000 })),
  });
  return shown.map((userId, index) => ({ userId, member: members[index]?.data }));
}

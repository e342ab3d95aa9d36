import type {
  CurrentMember,
  MemberChange,
  MemberPlanContext,
  MembershipChange,
  SnapshotMember,
} from '../types.ts';
export declare function planMember(
  current: CurrentMember | null,
  desired: SnapshotMember | null,
  context: MemberPlanContext,
): (MemberChange | MembershipChange)[];

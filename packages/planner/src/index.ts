export * from './guard-types.ts';
export * from './member-fields.ts';
export {
  type CandidateFinder,
  type Candidates,
  createCandidateFinder,
  type MemberDigest,
} from './plan/candidates.ts';
export { planMember } from './plan/compare-member.ts';
export { evaluateGuard } from './plan/guard.ts';
export { invertChange } from './plan/invert.ts';
export { createPlanTotalizer, type PlanTotalizer, type PlanTotals } from './plan/plan-totals.ts';
export {
  createPlanner,
  type MemberPlan,
  type PlannedRemoval,
  type Planner,
  type PlannerOptions,
  type PlanResult,
} from './plan/planner.ts';
export { isSameValue } from './plan/same-value.ts';
export { createSummary } from './plan/summary.ts';
export { createSnapshotBuilder, type SnapshotBuilder } from './snapshot/builder.ts';
export { toMemberKey } from './snapshot/member-key.ts';
export * from './types.ts';

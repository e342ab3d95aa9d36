import { removalGuard, removalGuardFloor } from '@orgmirror/contracts';
import type { GuardLimits } from '@orgmirror/planner';
import type { WecomConnection } from '../platform/database/generated/client.ts';

/** The limits above which removals are held, as saved. */
export const readGuardLimits = (saved: Pick<WecomConnection, 'removalGuard'>): GuardLimits => ({
  ...removalGuard.parse(saved.removalGuard),
  floor: removalGuardFloor,
});

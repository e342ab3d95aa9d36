import type { HeldRemovals, SplitHeldInput } from '../types.ts';
export declare function splitHeld(input: SplitHeldInput): HeldRemovals;

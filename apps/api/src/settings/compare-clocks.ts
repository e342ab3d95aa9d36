import type { ConnectionTest } from '@orgmirror/contracts';
import type { OnCall } from '@orgmirror/wecom';
import type { Now } from '../platform/clock.ts';

/** Compares the clock of this server with WeCom's, which each answer tells in whole seconds. */
export function createClockComparison(now: Now): {
  onCall: OnCall;
  compare: () => Pick<ConnectionTest, 'clockAheadSeconds'>;
} {
  let aheadMs: number | undefined;
  return {
    onCall: (event) => {
      if (event.kind === 'attempt' && event.answeredAtMs !== null)
        aheadMs = now().getTime() - (event.answeredAtMs + 500); // half of what the second leaves open
    },
    compare: () => (aheadMs === undefined ? {} : { clockAheadSeconds: Math.round(aheadMs / 1_000) }),
  };
}

import type { ConnectionTest } from '@orgmirror/contracts';
import type { OnCall } from '@orgmirror/wecom';
import type { Now } from '../platform/clock.ts';

/** WeCom's clock is told in whole seconds, which web servers look up once a second. */
const toldToMs = 2_000;

/**
 * Compares the clock of this server with WeCom's, which each answer tells. WeCom looked at it while the call was under
 * way: where that explains what was seen the clocks agree, so that a slow answer is not taken for a wrong clock.
 */
export function createClockComparison(now: Now): {
  onCall: OnCall;
  compare: () => Pick<ConnectionTest, 'clockAheadSeconds'>;
} {
  let aheadMs: number | undefined;
  return {
    onCall: (event) => {
      if (event.kind !== 'attempt' || event.answeredAtMs === null) return;
      const most = now().getTime() - event.answeredAtMs;
      const least = most - event.durationMs - toldToMs;
      aheadMs = least <= 0 && most >= 0 ? 0 : (least + most) / 2;
    },
    compare: () => (aheadMs === undefined ? {} : { clockAheadSeconds: Math.round(aheadMs / 1_000) }),
  };
}

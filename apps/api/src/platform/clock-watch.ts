import type { Logger } from 'pino';
import type { Now } from './clock.ts';

/** Tells when the machine's clock was set, by comparing it with one that only runs. */
export interface ClockWatch {
  /** Compares the two; a jump is logged. */
  look(): void;
  /** Whether the clock has not jumped for a while: what is past its retention by it may be deleted. */
  isSteady(): boolean;
}

/** Smaller steps are corrections of a clock that is right. */
const minJumpMs = 60_000;
/** A clock that was set wrong is mostly set right soon. */
const steadyAfterMs = 10 * 60_000;

export function createClockWatch({
  now,
  elapsedMs,
  logger,
}: {
  now: Now;
  elapsedMs: () => number;
  logger: Pick<Logger, 'warn'>;
}): ClockWatch {
  const readOffset = () => now().getTime() - elapsedMs();
  let offsetMs = readOffset();
  let jumpedAt: number | undefined;
  const look = () => {
    const jumpMs = readOffset() - offsetMs;
    if (Math.abs(jumpMs) < minJumpMs) return; // small steps add up until they are as large as a jump
    offsetMs += jumpMs;
    jumpedAt = elapsedMs();
    const jumpSeconds = Math.round(jumpMs / 1000);
    logger.warn({ jumpSeconds }, 'the clock was set: check the time of this machine');
  };
  return {
    look,
    isSteady: () => {
      look();
      return jumpedAt === undefined || elapsedMs() - jumpedAt >= steadyAfterMs;
    },
  };
}

import { randomUUID } from 'node:crypto';
import type { CallBlock, Clock, SharedBudget } from '@orgmirror/wecom';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { logFailure } from '../platform/database/log-failure.ts';

/** Sign-ins and notices never wait for what a sync uses up, so each has a budget of its own. */
export type CallPurpose = 'directory' | 'signIn' | 'notices';

export interface CallLimits {
  /** Starts in any 60 seconds, of all processes together. */
  maxCallsPerMinute: number;
  /** In flight, of all processes together; each may have one at least. */
  maxConcurrency: number;
}

/** Calls of a block that were not started by then are forfeited; also how soon others learn of a pause. */
const blockValidMs = 2_000;
/** A call of a block may start as late as the block ends, and is in a window from then on. */
const blockCountsMs = 60_000 + blockValidMs;
/** How long a process that calls is counted among those that share what may be in flight. */
const processActiveMs = 10_000;
/** Largest block: what the limit allows in two seconds. */
const blocksPerMinute = 30;
/** Clocks of two processes may differ by that. */
const toleranceMs = 60_000;
/** Longest pause: WeCom's windows are a minute, an hour or a day, and only the first is waited for. */
const maxPauseMs = 180_000;

const callBudgetSchema = z.object({
  blocks: z.array(z.object({ calls: z.number(), takenAtMs: z.number() })),
  processes: z.record(z.string(), z.number()),
  pausedUntilMs: z.number(),
});

/** What all processes together have used. Milliseconds since 1970. */
export type CallBudgetState = z.infer<typeof callBudgetSchema>;

export const unusedBudget: CallBudgetState = { blocks: [], processes: {}, pausedUntilMs: 0 };

/**
 * Takes `wanted` calls out of the budget, or as many as are left.
 * @returns the block and the state with it, or how long to wait
 */
export function takeBlock(
  state: CallBudgetState,
  { processId, wanted, nowMs }: { processId: string; wanted: number; nowMs: number },
  { maxCallsPerMinute, maxConcurrency }: CallLimits,
): { block: CallBlock; state: CallBudgetState } | { waitMs: number } {
  const { blocks, processes, pausedUntilMs } = dropExpired(state, nowMs);
  if (pausedUntilMs > nowMs) return { waitMs: pausedUntilMs - nowMs };
  const used = blocks.reduce((sum, { calls }) => sum + calls, 0);
  const calls = Math.min(wanted, maxCallsPerMinute - used);
  if (calls <= 0) {
    const oldestAtMs = Math.min(...blocks.map(({ takenAtMs }) => takenAtMs));
    return { waitMs: oldestAtMs + blockCountsMs - nowMs };
  }
  const active = { ...processes, [processId]: nowMs };
  const share = Math.floor(maxConcurrency / Object.keys(active).length);
  return {
    block: { calls, maxConcurrency: Math.max(1, share), validForMs: blockValidMs },
    state: { blocks: addBlock(blocks, calls, nowMs), processes: active, pausedUntilMs },
  };
}

/** Blocks of one second are one entry, as of its end: the row stays small however many take from it. */
function addBlock(blocks: CallBudgetState['blocks'], calls: number, nowMs: number) {
  const takenAtMs = Math.ceil(nowMs / 1_000) * 1_000;
  const same = blocks.find((block) => block.takenAtMs === takenAtMs);
  const others = blocks.filter((block) => block !== same);
  return [...others, { calls: calls + (same?.calls ?? 0), takenAtMs }];
}

/** Without what counts no more, and without what a clock that was ahead has left behind. */
function dropExpired({ blocks, processes, pausedUntilMs }: CallBudgetState, nowMs: number): CallBudgetState {
  const isRecent = (atMs: number, forMs: number) => atMs > nowMs - forMs && atMs <= nowMs + toleranceMs;
  return {
    blocks: blocks.filter(({ takenAtMs }) => isRecent(takenAtMs, blockCountsMs)),
    processes: Object.fromEntries(
      Object.entries(processes).filter(([, seenAtMs]) => isRecent(seenAtMs, processActiveMs)),
    ),
    pausedUntilMs: pausedUntilMs <= nowMs + maxPauseMs + toleranceMs ? pausedUntilMs : 0,
  };
}

/**
 * The budget that all processes on one database share. It costs one statement a block while no other process
 * takes any, and three more for each time that one was faster. Blocks begin with one call and grow while they
 * are used up, so that a single sign-in takes no more than it needs.
 */
export function createCallBudget(
  {
    prisma,
    nowMs,
    logger,
    limits,
  }: {
    prisma: Pick<PrismaClient, 'wecomCallBudget'>;
    nowMs: Clock['nowMs'];
    logger: Logger;
    limits: CallLimits;
  },
  purpose: CallPurpose,
): SharedBudget {
  const row = createBudgetRow(prisma, purpose);
  const processId = randomUUID();
  const largest = Math.ceil(limits.maxCallsPerMinute / blocksPerMinute);
  let wanted = 1;
  let takenAtMs = 0;

  async function take(): ReturnType<SharedBudget['take']> {
    const atMs = nowMs();
    wanted = atMs - takenAtMs < blockValidMs ? Math.min(wanted * 2, largest) : 1;
    takenAtMs = atMs;
    return row.change<Awaited<ReturnType<SharedBudget['take']>>>((before) => {
      // Asked anew at each try: by an old time, what others took meanwhile would look like a clock ahead.
      const taken = takeBlock(before, { processId, wanted, nowMs: nowMs() }, limits);
      if ('waitMs' in taken) return { answer: taken, state: undefined };
      return { answer: taken.block, state: taken.state };
    });
  }

  async function pauseFor(durationMs: number): Promise<void> {
    const untilMs = nowMs() + Math.min(durationMs, maxPauseMs);
    await row.change((state) => ({
      answer: undefined,
      state: { ...state, pausedUntilMs: Math.max(state.pausedUntilMs, untilMs) },
    }));
  }

  return {
    take: () =>
      take().catch((error: unknown) => {
        logFailure(logger, error, 'the shared budget of WeCom calls cannot be read');
        // The limits of the process itself still hold, and what calls for needs the database soon enough.
        return { calls: 1, maxConcurrency: limits.maxConcurrency, validForMs: blockValidMs };
      }),
    pauseFor: (durationMs) => {
      pauseFor(durationMs).catch((error: unknown) =>
        logFailure(logger, error, 'other processes could not be told to pause their WeCom calls'),
      );
    },
  };
}

/** Answers and writes what follows from a state, as often as somebody else was faster. */
type Change<Answer> = (state: CallBudgetState) => { answer: Answer; state: CallBudgetState | undefined };

function createBudgetRow(prisma: Pick<PrismaClient, 'wecomCallBudget'>, purpose: CallPurpose) {
  const budgets = prisma.wecomCallBudget;
  let known: { revision: number; state: CallBudgetState } | undefined;

  async function read() {
    await budgets.createMany({ data: { purpose, revision: 0, state: unusedBudget }, skipDuplicates: true });
    const { revision, state } = await budgets.findUniqueOrThrow({ where: { purpose } });
    return { revision, state: callBudgetSchema.parse(state) };
  }

  return {
    change: async <Answer>(change: Change<Answer>): Promise<Answer> => {
      for (;;) {
        // What this process wrote last still holds while it is the only one: then nothing is read.
        const { revision, state: before } = known ?? (await read());
        known = undefined;
        const { answer, state } = change(before);
        if (state === undefined) return answer;
        const next = { revision: revision + 1, state };
        const { count } = await budgets.updateMany({ where: { purpose, revision }, data: next });
        if (count === 0) continue;
        known = next;
        return answer;
      }
    },
  };
}

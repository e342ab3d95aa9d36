/** One thing that a server does to the world outside: a SQL statement or a call of WeCom. */
export interface Step {
  /** The statement's text, or method and path of the call. */
  label: string;
  /** 1-based occurrence of this label. */
  occurrence: number;
}

/**
 * What a test tells a watched server: count from now on, get a signal just before a step, tell the steps so far, or
 * collect garbage and tell what is left.
 */
export type StepOrder =
  | { kind: 'rest' }
  | { kind: 'count' }
  | { kind: 'signalAt'; step: Step; signal: 'SIGKILL' | 'SIGSTOP' }
  | { kind: 'report' }
  | { kind: 'collect' };

/**
 * What a watched server says: its steps, that it has come to the step and gets its signal now, that it goes on, the
 * bytes of its heap after a collection.
 */
export type StepMessage =
  | { kind: 'steps'; steps: Step[] }
  | { kind: 'reached' }
  | { kind: 'goesOn' }
  | { kind: 'heap'; bytes: number };

const notOfRun = [
  /\/\*work='background'\*\/$/, // by the clock, whether a run is on or not
  /^BEGIN$/, // of a run or of background work: nothing is done before the statement after it
  /^(?!INSERT INTO pgboss).*pgboss/, // the job queue's own work
  // How often a run takes calls out of the budget, tells how far it is or renews its lease depends on how fast it is,
  // and whether a request notes the use of its session on when the last one did.
  /"wecom_call_budget"|^UPDATE sync_run SET progress|^UPDATE sync_lease SET expires_at = now\(\) \+/,
  /^UPDATE "public"\."session" SET "last_seen_at"/,
];

/** Whether each run of its kind takes this step. */
export const isOfRun = ({ label }: Step): boolean => !notOfRun.some((pattern) => pattern.test(label));

/** Whether it changes anything: a statement that only reads leaves the same behind as the step after it. */
export const writes = ({ label }: Step): boolean => !label.startsWith('SELECT ');

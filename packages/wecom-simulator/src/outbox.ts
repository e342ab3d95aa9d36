/** A message of an app as its receivers see it. */
export interface SentMessage {
  readonly agentid: number;
  readonly userids: readonly string[];
  readonly text: string;
  readonly sentAtMs: number;
}

/** What the apps have sent. */
export interface Outbox {
  readonly messages: readonly SentMessage[];
  /**
   * Delivers a message, unless the same was delivered less than `onceForSeconds` ago; 0 delivers each time.
   */
  deliver(message: Omit<SentMessage, 'sentAtMs'>, onceForSeconds: number): void;
}

const isSame = (a: Omit<SentMessage, 'sentAtMs'>, b: SentMessage): boolean =>
  a.agentid === b.agentid && a.text === b.text && a.userids.join('|') === b.userids.join('|');

/** Creates an empty outbox on the given clock (milliseconds). */
export function createOutbox(now: () => number): Outbox {
  const messages: SentMessage[] = [];
  return {
    messages,
    deliver(message, onceForSeconds) {
      const sinceMs = now() - onceForSeconds * 1_000;
      if (messages.some((earlier) => earlier.sentAtMs > sinceMs && isSame(message, earlier))) return;
      messages.push({ ...message, sentAtMs: now() });
    },
  };
}

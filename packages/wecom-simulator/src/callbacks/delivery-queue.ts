/** How events travel; may be changed while running. */
export interface DeliverySettings {
  /** How often each event is sent, default 1: repetitions are WeCom's right. */
  copies: number;
  /** Takes waiting events in any order. */
  shuffled: boolean;
  /** False keeps events until it is true again. */
  isOpen: boolean;
  /** Events under way at once, default 4. */
  parallel: number;
  /** Tries in all, default 3 as WeCom makes. */
  tries: number;
  /** Between two tries, default 0. */
  retryDelayMs: number;
}

/** What became of the events so far. */
export interface DeliveryStats {
  readonly waiting: number;
  readonly delivered: number;
  /** Given up after three tries. */
  readonly lost: number;
  readonly tries: number;
}

/** Where a message goes and what it is signed and encrypted with. */
export interface Destination {
  readonly url: string;
  readonly token: string;
  readonly encodingAesKey: string;
}

/** Encrypts a text and signs it, anew for each try. */
export type SignMessage = (
  destination: Destination,
  text: string,
) => { readonly encrypted: string; readonly query: URLSearchParams };

/** Sends texts as WeCom does: up to three tries of 5 s each, only 200 counts. */
export interface DeliveryQueue {
  readonly settings: DeliverySettings;
  add(destination: Destination, text: string): void;
  stats(): DeliveryStats;
  /** Resolves once nothing waits and nothing is under way. */
  idle(): Promise<void>;
  /** Drops what waits and ends what is under way. */
  close(): void;
}

const tryTimeoutMs = 5_000;

interface Message {
  readonly destination: Destination;
  readonly text: string;
}

/** Creates an empty queue. */
export function createDeliveryQueue(corpid: string, sign: SignMessage): DeliveryQueue {
  const settings: DeliverySettings = {
    copies: 1,
    shuffled: false,
    isOpen: true,
    parallel: 4,
    tries: 3,
    retryDelayMs: 0,
  };
  const waiting: Message[] = [];
  const stop = new AbortController();
  const counts = { delivered: 0, lost: 0, tries: 0 };
  let underWay = 0;

  async function deliver(message: Message): Promise<void> {
    for (let tries = 0; tries < settings.tries && !stop.signal.aborted; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, settings.retryDelayMs));
      counts.tries += 1;
      if (!(await tryOnce(corpid, sign, message, stop.signal))) continue;
      counts.delivered += 1;
      return;
    }
    counts.lost += 1;
  }

  function pump(): void {
    while (settings.isOpen && underWay < settings.parallel && waiting.length > 0) {
      const index = settings.shuffled ? Math.floor(Math.random() * waiting.length) : 0;
      const [message] = waiting.splice(index, 1);
      if (message === undefined) return;
      underWay += 1;
      void deliver(message).finally(() => {
        underWay -= 1;
        pump();
      });
    }
  }

  return {
    settings,
    add(destination, text) {
      for (let copy = 0; copy < settings.copies; copy++) waiting.push({ destination, text });
      pump();
    },
    stats: () => ({ waiting: waiting.length + underWay, ...counts }),
    idle: async () => {
      while (waiting.length + underWay > 0) {
        pump(); // it may have been opened again
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close() {
      waiting.length = 0;
      stop.abort();
    },
  };
}

async function tryOnce(
  corpid: string,
  sign: SignMessage,
  { destination, text }: Message,
  signal: AbortSignal,
): Promise<boolean> {
  const { encrypted, query } = sign(destination, text);
  const body = `<xml><ToUserName><![CDATA[${corpid}]]></ToUserName><AgentID><![CDATA[]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
  try {
    const response = await fetch(`${destination.url}?${query}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/xml' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(tryTimeoutMs)]),
    });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false; // refused, reset or too slow: a try like any other
  }
}

import { encrypt, getSignature } from '@wecom/crypto';
import type { CorpChange } from '../corp/corp.ts';
import { VendorError } from '../vendor-errors.ts';
import { buildEventText, describeChange, type EventShape } from './build-event.ts';
import {
  createDeliveryQueue,
  type DeliverySettings,
  type DeliveryStats,
  type SignMessage,
} from './delivery-queue.ts';

/** Which of WeCom's two places an address is set at: an app's own, or the contact-sync assistant's. */
export type CallbackSource = 'app' | 'contacts';

/** An address as an admin enters it in the WeCom console. */
export interface CallbackAddress {
  readonly url: string;
  readonly token: string;
  readonly encodingAesKey: string;
  /** Default `ids`, as every address that is set today. */
  readonly shape?: EventShape | undefined;
  /**
   * Whether it gets changes of contacts; default: the contact-sync assistant's alone, as the documents say.
   */
  readonly contactEvents?: boolean | undefined;
}

/** Sends events to the addresses that were set, as WeCom does: signed, encrypted, three tries of 5 s each. */
export interface CallbackService {
  /** How events travel; may be changed while running. */
  readonly delivery: DeliverySettings;
  /**
   * Sets an address, after WeCom's own check of it: 40057 when it is not answered with the plaintext in time. WeCom
   * waits 1 s, which is the default; a busy machine needs more.
   */
  set(source: CallbackSource, address: CallbackAddress, timeoutMs?: number): Promise<void>;
  /** Removes the address of a source. */
  unset(source: CallbackSource): void;
  /** The addresses that are set, without their secrets. */
  addresses(): readonly (Pick<CallbackAddress, 'url'> & {
    readonly source: CallbackSource;
    readonly shape: EventShape;
  })[];
  /** Sends a change of contacts to every address that receives them. */
  notifyChange(change: CorpChange): void;
  /** Sends any event to one address. */
  send(source: CallbackSource, event: string, inside: string, fromUserName?: string): void;
  /** Counts of what was sent so far. */
  stats(): DeliveryStats;
  /** Resolves once nothing waits and nothing is under way. */
  idle(): Promise<void>;
  /** Drops what waits and ends what is under way. */
  close(): void;
}

const defaultCheckTimeoutMs = 1_000;

/**
 * Creates a service without addresses.
 * @param now clock in milliseconds
 * @param createText returns a new random text of the given length
 */
export function createCallbackService(
  corpid: string,
  now: () => number,
  createText: (length: number) => string,
): CallbackService {
  const addresses = new Map<CallbackSource, CallbackAddress>();
  const readSeconds = () => Math.floor(now() / 1000);
  const sign: SignMessage = ({ token, encodingAesKey }, text) => {
    const encrypted = encrypt(encodingAesKey, text, corpid);
    const timestamp = String(readSeconds());
    const nonce = createText(10).replaceAll(/[-_]/g, '0');
    const msg_signature = getSignature(token, timestamp, nonce, encrypted);
    return { encrypted, query: new URLSearchParams({ msg_signature, timestamp, nonce }) };
  };
  const queue = createDeliveryQueue(corpid, sign);
  const buildText = (event: string, inside: string, fromUserName = 'sys') =>
    buildEventText({ toUserName: corpid, fromUserName, createTime: readSeconds() }, event, inside);
  return {
    delivery: queue.settings,
    set: async (source, address, timeoutMs = defaultCheckTimeoutMs) => {
      await checkAddress(sign, address, timeoutMs);
      addresses.set(source, address);
    },
    unset: (source) => void addresses.delete(source),
    addresses: () => [...addresses].map(([source, { url, shape = 'ids' }]) => ({ source, url, shape })),
    notifyChange(change) {
      for (const [source, address] of addresses) {
        const { contactEvents = source === 'contacts', shape = 'ids' } = address;
        const inside = contactEvents ? describeChange(change, shape) : undefined;
        if (inside !== undefined) queue.add(address, buildText('change_contact', inside));
      }
    },
    send(source, event, inside, fromUserName) {
      const address = addresses.get(source);
      if (address !== undefined) queue.add(address, buildText(event, inside, fromUserName));
    },
    stats: queue.stats,
    idle: queue.idle,
    close: queue.close,
  };
}

/** The check that WeCom makes when an address is saved. */
async function checkAddress(sign: SignMessage, address: CallbackAddress, timeoutMs: number): Promise<void> {
  const echo = String(1_000_000_000_000_000 + Math.floor(Math.random() * 1_000_000_000));
  const { encrypted, query } = sign(address, echo);
  query.set('echostr', encrypted);
  try {
    const response = await fetch(`${address.url}?${query}`, { signal: AbortSignal.timeout(timeoutMs) });
    if (response.status === 200 && (await response.text()) === echo) return;
  } catch {
    // Not reached, or too slow: to WeCom's admin it is all the same.
  }
  throw new VendorError(40057);
}

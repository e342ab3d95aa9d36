import type { WecomErrorKind } from './errors.ts';

/** Event about a call: enough to count and time calls, without secrets and personal data. */
export type CallEvent =
  | {
      readonly kind: 'attempt';
      /** Path below `/cgi-bin/`, without query string. */
      readonly endpoint: string;
      /** From 1; above 1 it is a repetition. */
      readonly attempt: number;
      readonly outcome: 'ok' | WecomErrorKind | 'aborted';
      /** WeCom's code when it answered with one, else null. */
      readonly errcode: number | null;
      readonly durationMs: number;
      /** WeCom's clock when it answered, in whole seconds: milliseconds since 1970; null when it did not say. */
      readonly answeredAtMs: number | null;
      /** Names of optional fields that had an unreadable type and count as not visible. */
      readonly unexpectedFields: readonly string[];
    }
  | {
      readonly kind: 'wait';
      readonly endpoint: string;
      /** `backOff` before a retry, `limitWindow` after 45009, `pacing` for a free slot of the budget. */
      readonly reason: 'backOff' | 'limitWindow' | 'pacing';
      /**
       * Milliseconds: planned for `backOff` and `limitWindow`, spent for `pacing` (which includes limit
       * windows).
       */
      readonly durationMs: number;
    }
  | {
      readonly kind: 'tokenRefused';
      readonly endpoint: string;
      /** The code (40001, 40014 or 42001) that made the client throw its token away. */
      readonly errcode: number;
    };

/** Listener for call events; called synchronously, must not throw. */
export type OnCall = (event: CallEvent) => void;

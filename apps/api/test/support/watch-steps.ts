import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import type { Step, StepMessage, StepOrder } from './step.ts';

// Loaded with `--import` into a spawned server, from outside: it sees every SQL statement and every call of
// WeCom just before it leaves the process, and can end or pause the process there as `kill` does. The product
// knows nothing of it.

// A start is watched from its first statement on.
let order: StepOrder = JSON.parse(process.env.WATCH_STEPS ?? '{ "kind": "rest" }');
let steps: Step[] = [];
const seen = new Map<string, number>();

process.on('message', (message: StepOrder) => {
  if (message.kind === 'collect') {
    collectGarbage();
    tell({ kind: 'heap', bytes: process.memoryUsage().heapUsed });
    return;
  }
  order = message;
  if (order.kind === 'report') {
    tell({ kind: 'steps', steps });
    order = { kind: 'rest' };
  }
  steps = [];
  seen.clear();
});
process.channel?.unref(); // the server must be able to end

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

const tell = (message: StepMessage) => process.send?.(message);

function take(label: string): void {
  if (order.kind === 'rest') return;
  const occurrence = (seen.get(label) ?? 0) + 1;
  seen.set(label, occurrence);
  steps.push({ label, occurrence });
  if (order.kind !== 'signalAt') return;
  const { step, signal } = order;
  if (step.label !== label || step.occurrence !== occurrence) return;
  tell({ kind: 'reached' });
  process.kill(process.pid, signal); // it ends or stops here: a signal to oneself comes before kill(2) returns
  tell({ kind: 'goesOn' });
}

const background = " /*work='background'*/";
/** Connections whose transaction, or last statement outside of one, is background work's. */
const inBackground = new WeakSet<pg.Client>();

/** The end of a transaction is as much background work's as its statements, which say so. */
function nameWork(client: pg.Client, label: string): string {
  const isEnd = label === 'COMMIT' || label === 'ROLLBACK';
  const isBackground = label.endsWith(background) || (isEnd && inBackground.has(client));
  if (isBackground && !isEnd) inBackground.add(client);
  else inBackground.delete(client);
  return isBackground && isEnd ? label + background : label;
}

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (this: pg.Client, ...args: Parameters<typeof query>) {
  const statement: unknown = args[0]; // a text, or an object that has it
  const text = typeof statement === 'string' ? statement : (statement as { text: string }).text;
  // A list is the same statement however long it is.
  const label = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\$\d+(,\$\d+)+/g, '$n')
    .trim();
  take(nameWork(this, label));
  return query.apply(this, args);
} as typeof query;

subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: ClientRequest }; // as Node documents this channel
  take(`${request.method} ${request.path.replace(/\?.*/, '')}`);
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** With less on the heap, looking through it takes longer than it is worth: a small corp's whole sync takes a second. */
const worthwhileBytes = 160 * 2 ** 20;

/**
 * Frees what a phase has left behind. V8 lets garbage pile up while the machine has memory to spare: after reading
 * 100,000 members that is 200 MB and more, on top of which the next phase would grow.
 */
export function collectGarbage(): void {
  if (typeof collect === 'function' && process.memoryUsage().heapUsed > worthwhileBytes) collect();
}

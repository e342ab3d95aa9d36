import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/**
 * With less in memory, looking through it takes longer than it is worth: a small corp's whole sync takes a
 * second.
 */
const worthwhileBytes = 128 * 2 ** 20;

/**
 * Frees what a phase has left behind. V8 lets garbage pile up while the machine has memory to spare: after
 * reading 100,000 members that is 200 MB and more, on top of which the next phase would grow.
 */
export function collectGarbage(): void {
  const { heapUsed, external } = process.memoryUsage(); // the answers' bytes lie outside the heap
  if (typeof collect === 'function' && heapUsed + external > worthwhileBytes) collect();
}

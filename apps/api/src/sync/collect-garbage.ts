import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/**
 * Frees what a phase has left behind. V8 lets garbage pile up while the machine has memory to spare: after reading
 * 100,000 members that is 200 MB and more, on top of which the next phase would grow.
 */
export function collectGarbage(): void {
  if (typeof collect === 'function') collect();
}

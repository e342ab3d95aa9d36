import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** What reading fewer members leaves behind is not worth looking through the whole memory. */
const worthwhileMembers = 20_000;

/**
 * Frees what reading has left behind. V8 lets garbage pile up while the machine has memory to spare: after
 * 100,000 members that is 200 MB and more, on top of which the next phase would grow.
 */
export function collectGarbage(membersRead: number): void {
  if (typeof collect === 'function' && membersRead > worthwhileMembers) collect();
}

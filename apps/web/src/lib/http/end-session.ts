import { signedOutPath } from '../return-to.ts';
import { getProblemCode } from './problem-error.ts';

let isEnding = false;

/** Whether the user is signing out: what is refused meanwhile for want of a session surprises nobody. */
export const isEndingSession = (): boolean => isEnding;

/** Ends the session by a request and leaves for the page that says so. */
export async function endSession(request: () => Promise<unknown>): Promise<void> {
  isEnding = true;
  try {
    await request();
  } catch (error) {
    isEnding = false;
    if (getProblemCode(error) !== 'session.required') throw error; // else it has ended already
  }
  window.location.assign(signedOutPath); // a full load: nothing of the session stays in memory
}

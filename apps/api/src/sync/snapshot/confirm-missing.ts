import { toMemberKey } from '@orgmirror/planner';
import { isWecomError, type WecomClient, type WecomMember, WecomResponseError } from '@orgmirror/wecom';
import { mapMember } from './map-wecom.ts';
import {
  forEachConcurrently,
  isComplete,
  isGone,
  isOutOfSight,
  isSettingsError,
  type Reading,
  recordOtherFailure,
} from './reading.ts';

/** A member who is present here. */
export interface PresentMember {
  userKey: string;
  userId: string;
}

/** Beyond this the removals are the guard's to judge: one call each would take long, and tell nothing it does not know. */
const mostReread = 200;

/** WeCom's status of somebody who left the company (user/get); it may be answered for a while. */
const statusLeft = 5;

/**
 * Re-reads, one by one, those present here whom a complete reading did not name: a disappearance counts only when WeCom
 * says so of that very person. Whoever is answered as being there joins the reading, with a warning: the lists missed them, as they do with
 * someone who is moved between two calls. Of whom WeCom only says that the app may not see them, nothing is known: they
 * stay as they are. When an answer fails, the reading is partial, so that nobody is removed, and the rest is not asked. More than 200 are only counted.
 * @throws WecomError when the settings are refused
 */
export async function confirmMissing(
  reading: Reading,
  presentMembers: AsyncIterable<readonly PresentMember[]>,
): Promise<void> {
  if (!isComplete(reading)) return;
  const { found, first } = await findMissing(reading, presentMembers);
  const missing = { found, confirmed: 0, contradicted: 0, unconfirmed: 0 };
  reading.evidence.missing = missing;
  if (found > mostReread) return;
  const { client, signal, maxConcurrency } = reading.options;
  await forEachConcurrently(first, maxConcurrency, async (member) => {
    if (!isComplete(reading)) return;
    try {
      const answer = await readAlone(client, member, signal);
      if (answer.status === statusLeft) {
        missing.confirmed++;
        return;
      }
      reading.builder.addOverlookedMember(mapMember(answer, null));
      missing.contradicted++;
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      if (isGone(error)) missing.confirmed++;
      else if (isOutOfSight(error)) reading.builder.addMember(mapMember({ userid: member.userId }, null));
      else recordOtherFailure(reading, 'member', member.userId, error);
    }
  });
  missing.unconfirmed = found - missing.confirmed - missing.contradicted;
}

/** Counts who is missing and keeps as many as would be re-read. */
async function findMissing(
  { builder, options }: Reading,
  presentMembers: AsyncIterable<readonly PresentMember[]>,
): Promise<{ found: number; first: PresentMember[] }> {
  const first: PresentMember[] = [];
  let found = 0;
  for await (const members of presentMembers) {
    options.signal.throwIfAborted();
    for (const member of members) {
      if (builder.hasMember(member.userKey)) continue;
      found++;
      if (first.length < mostReread) first.push(member);
    }
  }
  return { found, first };
}

async function readAlone(
  client: WecomClient,
  { userKey, userId }: PresentMember,
  signal: AbortSignal,
): Promise<WecomMember> {
  const answer = await client.getMember(userId, { signal });
  // About somebody else an answer says nothing, neither that this one stays nor that they left.
  if (toMemberKey(answer.userid) !== userKey)
    throw new WecomResponseError('shape', 'user/get', 'the answer is about another member', {
      field: 'userid',
    });
  return answer;
}

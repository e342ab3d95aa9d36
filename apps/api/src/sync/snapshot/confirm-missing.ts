import { toMemberKey } from '@orgmirror/planner';
import { isWecomError, type WecomClient, type WecomMember, WecomResponseError } from '@orgmirror/wecom';
import { mapMember } from './map-wecom.ts';
import {
  forEachConcurrently,
  isComplete,
  isNotFound,
  isOutOfScope,
  isSettingsError,
  recordOtherFailure,
  type SnapshotRead,
} from './snapshot-read.ts';

/** A member who is present here. */
export interface PresentMember {
  userKey: string;
  userId: string;
}

/** Beyond this the guard judges the removals: one call each would take long, and tell it nothing new. */
const maxReread = 200;

/** WeCom's status of a member who left the company (user/get); it may be answered for a while. */
const statusLeft = 5;

/**
 * Re-reads, one by one, the members present here whom a complete read did not name: a disappearance counts
 * only when WeCom says so of that very member. One who is there joins the read, with a warning: the lists
 * overlooked them, as they do when a member is moved between two calls. Of one whom the app may not see
 * nothing is known: they stay as they are. When an answer fails, the read is partial, so that nothing is
 * removed, and the rest is not asked. More than 200 are only counted.
 * @throws WecomError when the settings are refused
 */
export async function confirmMissing(
  reading: SnapshotRead,
  presentMembers: AsyncIterable<readonly PresentMember[]>,
): Promise<void> {
  if (!isComplete(reading)) return;
  const { found, first } = await findMissing(reading, presentMembers);
  const missing = { found, confirmed: 0, contradicted: 0, unconfirmed: 0 };
  reading.evidence.missing = missing;
  if (found > maxReread) return;
  const { client, signal, maxConcurrency } = reading.options;
  await forEachConcurrently(first, maxConcurrency, async (member) => {
    if (!isComplete(reading)) return;
    try {
      const answer = await fetchMember(client, member, signal);
      if (answer.status === statusLeft) {
        missing.confirmed++;
        return;
      }
      reading.builder.addOverlookedMember(mapMember(answer, null));
      missing.contradicted++;
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      if (isNotFound(error)) missing.confirmed++;
      else if (isOutOfScope(error)) reading.builder.addMember(mapMember({ userid: member.userId }, null));
      else recordOtherFailure(reading, 'member', member.userId, error);
    }
  });
  missing.unconfirmed = found - missing.confirmed - missing.contradicted;
}

/** Counts the missing members and lists as many as would be re-read. */
async function findMissing(
  { builder, options }: SnapshotRead,
  presentMembers: AsyncIterable<readonly PresentMember[]>,
): Promise<{ found: number; first: PresentMember[] }> {
  const first: PresentMember[] = [];
  let found = 0;
  for await (const members of presentMembers) {
    options.signal.throwIfAborted();
    for (const member of members) {
      if (builder.hasMember(member.userKey)) continue;
      found++;
      if (first.length < maxReread) first.push(member);
    }
  }
  return { found, first };
}

async function fetchMember(
  client: WecomClient,
  { userKey, userId }: PresentMember,
  signal: AbortSignal,
): Promise<WecomMember> {
  const answer = await client.getMember(userId, { signal });
  // An answer about another member is no evidence, neither that this one stays nor that they left.
  if (toMemberKey(answer.userid) !== userKey)
    throw new WecomResponseError('shape', 'user/get', 'the answer is about another member', {
      field: 'userid',
    });
  return answer;
}

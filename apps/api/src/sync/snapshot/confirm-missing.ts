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
  statusLeft,
} from './snapshot-read.ts';

/** A member who is present here. */
export interface PresentMember {
  userKey: string;
  userId: string;
}

/** The members who are present here. */
export interface PresentMembers {
  list: () => AsyncIterable<readonly PresentMember[]>;
  /** Where each of these is; WeCom ids of the departments, by key. */
  readPlaces: (userKeys: readonly string[]) => Promise<ReadonlyMap<string, readonly number[]>>;
}

/** Beyond this the guard judges the removals: one call each would take long, and tell it nothing new. */
const maxReread = 200;

/** After this many failures in a row WeCom is taken to be down: the rest is not asked. */
const consecutiveFailures = 8;

/**
 * Re-reads, one by one, the members present here whom the read did not name: a disappearance counts only when
 * WeCom says so of that very member. Of a partial read those are asked for whom nothing that failed could
 * have named; whom WeCom denies leave although the read is partial. One who is there joins the read, with a
 * warning: the lists overlooked them, as they do when a member is moved between two calls. Of one whom the
 * app may not see nothing is known: they stay as they are. An answer that fails makes the read partial. More
 * than 200 are only counted.
 * @throws WecomError when the settings are refused
 */
export async function confirmMissing(reading: SnapshotRead, present: PresentMembers): Promise<void> {
  const { found, first } = await findMissing(reading, present);
  const missing = { found, confirmed: 0, contradicted: 0, unconfirmed: 0 };
  reading.evidence.missing = missing;
  if (found > maxReread) return;
  const { client, signal, maxConcurrency } = reading.options;
  let consecutive = 0;
  await forEachConcurrently(first, maxConcurrency, async (member) => {
    if (consecutive >= consecutiveFailures) return;
    try {
      const answer = await fetchMember(client, member, signal);
      consecutive = 0;
      if (answer.status === statusLeft) {
        recordGone(member);
        return;
      }
      reading.builder.addOverlookedMember(mapMember(answer, null));
      missing.contradicted++;
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      if (isNotFound(error)) recordGone(member);
      else if (isOutOfScope(error)) keepAsIs(reading, member);
      else {
        consecutive++;
        recordOtherFailure(reading, 'member', member.userId, error);
      }
    }
  });
  missing.unconfirmed = found - missing.confirmed - missing.contradicted;

  function recordGone({ userKey }: PresentMember): void {
    missing.confirmed++;
    reading.goneKeys.add(userKey);
  }
}

/** Counts the missing members and lists as many as would be re-read. */
async function findMissing(
  reading: SnapshotRead,
  { list, readPlaces }: PresentMembers,
): Promise<{ found: number; first: PresentMember[] }> {
  const { builder, options, unreadable } = reading;
  const isWhole = isComplete(reading);
  const first: PresentMember[] = [];
  let found = 0;
  for await (const members of list()) {
    options.signal.throwIfAborted();
    const missing: PresentMember[] = [];
    for (const member of members) {
      if (builder.hasMember(member.userKey)) continue;
      if (unreadable.has(member.userKey)) keepAsIs(reading, member);
      else missing.push(member);
    }
    const conclusive = isWhole ? missing : await leaveOutUnread(reading, missing, readPlaces);
    found += conclusive.length;
    first.push(...conclusive.slice(0, maxReread - first.length));
  }
  return { found, first };
}

/** Those of them whom nothing that failed could have named. */
async function leaveOutUnread(
  { evidence, answeredIds }: SnapshotRead,
  missing: readonly PresentMember[],
  readPlaces: PresentMembers['readPlaces'],
): Promise<PresentMember[]> {
  if (missing.length === 0) return [];
  const { othersFailed } = evidence;
  const failedKeys = new Set(othersFailed.map(({ kind, key }) => `${kind} ${toMemberKey(key)}`));
  const hasUnreadTag = othersFailed.some(({ kind }) => kind === 'tag');
  const places = await readPlaces(missing.map(({ userKey }) => userKey));
  return missing.filter(({ userKey }) => {
    if (failedKeys.has(`member ${userKey}`)) return false;
    const ids = places.get(userKey) ?? [];
    return ids.length === 0 ? !hasUnreadTag : ids.every((id) => answeredIds.has(id));
  });
}

/** A member of whom nothing is known has no change. */
function keepAsIs({ builder }: SnapshotRead, { userId }: PresentMember): void {
  builder.addMember(mapMember({ userid: userId }, null));
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

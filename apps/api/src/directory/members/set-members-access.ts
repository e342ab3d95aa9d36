import type { AnswerOf, endpoints } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type AccessChange, type RecordAccess, setMemberAccess } from './set-member-access.ts';

type Result = AnswerOf<typeof endpoints.setMembersAccess>['results'][number];

/**
 * Sets the access of each of these members by itself, one after the other: whom a rule refuses stops nobody else,
 * and what was changed stays changed when the request breaks off. A userid that comes twice counts once.
 */
export async function setMembersAccess(
  prisma: PrismaClient,
  corpRowId: number | undefined,
  userIds: readonly string[],
  change: AccessChange,
  record: RecordAccess,
): Promise<Result[]> {
  const byKey = new Map(userIds.map((wecomUserId) => [toMemberKey(wecomUserId), wecomUserId]));
  const results: Result[] = [];
  for (const [userKey, wecomUserId] of byKey) {
    const set = async (): Promise<Omit<Result, 'wecomUserId'>> => {
      if (corpRowId === undefined) throw new AppError('resource.not_found');
      const { isChanged } = await setMemberAccess(prisma, { corpRowId, userKey }, change, record);
      return { outcome: isChanged ? 'changed' : 'unchanged' };
    };
    results.push({ wecomUserId, ...(await set().catch(toRefusal)) });
  }
  return results;
}

/** @throws the error itself when it is not about the member */
function toRefusal(error: unknown): Omit<Result, 'wecomUserId'> {
  if (
    error instanceof AppError &&
    (error.code === 'access.last_admin' || error.code === 'resource.not_found')
  )
    return { outcome: 'refused', code: error.code };
  throw error;
}

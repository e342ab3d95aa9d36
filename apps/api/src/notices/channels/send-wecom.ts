import type { WecomClient } from '@orgmirror/wecom';
import { AppError } from '../../platform/errors/app-error.ts';
import { classifyError } from '../../platform/errors/classify-error.ts';
import { type SendNotice, writeText } from './channel.ts';

/** The longest that WeCom remembers a message: an attempt whose answer was lost is not delivered again. */
const deliverOnceForSeconds = 4 * 3_600;

export interface WecomTarget {
  client: Pick<WecomClient, 'sendMessage'>;
  agentId: number;
  userIds: readonly string[];
  /** Those of them who left: nothing is sent to them, since their userid may be another's one day. */
  leavers: ReadonlySet<string>;
}

/** Sends the notice as a message of the app, to those who have not left. */
export const sendByWecom =
  ({ client, agentId, userIds, leavers }: WecomTarget): SendNotice =>
  async (notice, signal) => {
    const present = userIds.filter((userId) => !leavers.has(userId));
    if (present.length === 0)
      throw new AppError('notice.recipients_left', { values: { recipients: userIds.join(', ') } });
    const message = {
      agentid: agentId,
      userids: present,
      text: writeText(notice),
      ...(notice.kind !== 'test' && { deliverOnceForSeconds }),
    };
    const { invalidUserids, unlicensedUserids } = await client
      .sendMessage(message, { signal })
      .catch((error: unknown) => {
        throw classifyError(error);
      });
    const missed = [...leavers, ...invalidUserids, ...unlicensedUserids];
    if (missed.length === 0) return null;
    return new AppError('notice.recipients_missed', { values: { recipients: missed.join(', ') } });
  };

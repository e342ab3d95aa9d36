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
}

/** Sends the notice as a message of the app. */
export const sendByWecom =
  ({ client, agentId, userIds }: WecomTarget): SendNotice =>
  async (notice, signal) => {
    const message = {
      agentid: agentId,
      userids: userIds,
      text: writeText(notice),
      ...(notice.kind !== 'test' && { deliverOnceForSeconds }),
    };
    const { invalidUserids, unlicensedUserids } = await client
      .sendMessage(message, { signal })
      .catch((error: unknown) => {
        throw classifyError(error);
      });
    const missed = [...invalidUserids, ...unlicensedUserids];
    if (missed.length === 0) return null;
    return new AppError('notice.recipients_missed', { values: { recipients: missed.join(', ') } });
  };

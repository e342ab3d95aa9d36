import { createHmac } from 'node:crypto';
import { AppError } from '../../platform/errors/app-error.ts';
import type { OutgoingNotice, SendNotice } from './channel.ts';
import { describeNetworkError } from './describe-network-error.ts';

const timeoutMs = 15_000;
const secretPrefix = 'whsec_';

export interface WebhookTarget {
  url: string;
  /** `whsec_` and the key in Base64. */
  secret: string;
  nowMs: () => number;
}

/**
 * Posts the notice as JSON, signed by Standard Webhooks (https://www.standardwebhooks.com): receivers verify
 * `webhook-signature` and tell a repeated delivery by `webhook-id`. Any status from 200 to 299 counts as
 * taken; a redirect is not followed, since it leads elsewhere than the admin said.
 */
export const sendByWebhook =
  ({ url, secret, nowMs }: WebhookTarget): SendNotice =>
  async (notice, signal) => {
    const { host } = new URL(url);
    const body = writeBody(notice);
    const timestamp = Math.floor(nowMs() / 1_000);
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'OrgMirror',
        'webhook-id': notice.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': sign(secret, `${notice.id}.${timestamp}.${body}`),
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    }).catch((error: unknown) => {
      throw describeNetworkError(error, host);
    });
    await response.body?.cancel(); // nothing of it is shown or kept
    if (response.ok) return null;
    if (response.status >= 300 && response.status < 400)
      throw new AppError('notice.redirected', { values: { host } });
    throw new AppError('notice.refused', { values: { host, answer: `HTTP ${response.status}` } });
  };

const writeBody = ({ kind, at, id, title, detail, link, runId }: OutgoingNotice): string =>
  JSON.stringify({ type: kind, timestamp: at.toISOString(), data: { id, title, detail, link, runId } });

function sign(secret: string, content: string): string {
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

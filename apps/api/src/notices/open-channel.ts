import type { NoticeChannel } from '@orgmirror/contracts';
import { type ConnectWecom, openCredentials } from '../connection/connect-wecom.ts';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import type { SendNotice } from './channels/channel.ts';
import { type MailTimeouts, sendByEmail } from './channels/send-email.ts';
import { sendByWebhook } from './channels/send-webhook.ts';
import { sendByWecom } from './channels/send-wecom.ts';
import { findLeavers } from './find-recipients.ts';
import type { SavedNoticeSettings } from './notice-settings-repository.ts';
import { presentNoticeSettings } from './present-notice-settings.ts';

export interface ChannelDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  connectWecom: ConnectWecom;
  now: Now;
  timing: { mailTimeouts: MailTimeouts };
}

/**
 * What sends by a channel of the saved settings.
 * @throws AppError `notice.not_configured`, and for WeCom `settings.incomplete`; SealedValueError after a
 * change of APP_SECRET
 */
export async function openChannel(
  { prisma, secretBox, connectWecom, now, timing }: ChannelDependencies,
  channel: NoticeChannel,
  settings: SavedNoticeSettings | null,
): Promise<SendNotice> {
  if (settings === null) throw new AppError('notice.not_configured');
  const open = (sealed: Uint8Array | null, context: string) =>
    sealed === null ? '' : secretBox.open(sealed, context);
  switch (channel) {
    case 'wecom': {
      if (settings.wecomUserIds.length === 0) throw new AppError('notice.not_configured');
      const credentials = openCredentials(await findConnection(prisma), secretBox);
      const { agentId } = credentials;
      const client = connectWecom(credentials, { forNotices: true });
      const leavers = await findLeavers(prisma, settings.wecomUserIds);
      return sendByWecom({ client, agentId, userIds: settings.wecomUserIds, leavers });
    }
    case 'email': {
      const { email } = presentNoticeSettings(settings, '');
      if (!email.host || !email.from || email.to.length === 0) throw new AppError('notice.not_configured');
      const password = open(settings.mailPasswordSealed, sealContexts.mailPassword);
      return sendByEmail({ ...email, password, timeouts: timing.mailTimeouts });
    }
    case 'webhook': {
      const secret = open(settings.webhookSecretSealed, sealContexts.webhookSecret);
      if (!settings.webhookUrl || !secret) throw new AppError('notice.not_configured');
      return sendByWebhook({ url: settings.webhookUrl, secret, nowMs: () => now().getTime() });
    }
  }
}

import { type BodyOf, type endpoints, type NoticeKind, noticeKinds, ruleTexts } from '@orgmirror/contracts';
import type { Now } from '../platform/clock.ts';
import type { Prisma } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import {
  findNoticeSettings,
  type SavedNoticeSettings,
  writeNoticeSettings,
} from './notice-settings-repository.ts';

type NoticeSettingsInput = BodyOf<typeof endpoints.saveNoticeSettings>;

/**
 * Saves them; a secret that is left out is kept. What waits to be delivered is due at once: the reason may be
 * gone.
 * @throws AppError `settings.version_conflict`; `request.invalid` for a password that would go to another
 * server than it was given for, and for a webhook without a secret
 */
export async function saveNoticeSettings(
  { prisma, secretBox, now }: { prisma: Prisma.TransactionClient; secretBox: SecretBox; now: Now },
  input: NoticeSettingsInput,
): Promise<{ before: SavedNoticeSettings | null; after: SavedNoticeSettings }> {
  const before = await findNoticeSettings(prisma);
  if (input.version !== (before?.version ?? 0)) throw new AppError('settings.version_conflict');
  const { email, webhook, wecom, quietHours } = input;
  const done = await writeNoticeSettings(prisma, input.version, {
    language: input.language,
    quietFrom: quietHours?.from ?? null,
    quietTo: quietHours?.to ?? null,
    wecomEnabled: wecom.enabled,
    wecomUserIds: wecom.userIds,
    wecomMuted: listMuted(wecom.kinds),
    emailEnabled: email.enabled,
    mailHost: email.host,
    mailPort: email.port,
    mailSecurity: email.security,
    mailUsername: email.username,
    mailPasswordSealed: choosePassword(secretBox, email, before),
    mailFrom: email.from,
    mailTo: email.to,
    emailMuted: listMuted(email.kinds),
    webhookEnabled: webhook.enabled,
    webhookUrl: webhook.url,
    webhookSecretSealed: chooseWebhookSecret(secretBox, webhook, before),
    webhookMuted: listMuted(webhook.kinds),
  });
  const after = await findNoticeSettings(prisma);
  if (!done || after === null) throw new AppError('settings.version_conflict');
  await prisma.noticeDelivery.updateMany({
    where: { status: 'waiting', nextAttemptAt: { gt: now() } },
    data: { nextAttemptAt: now() },
  });
  return { before, after };
}

const listMuted = (told: readonly NoticeKind[] = noticeKinds): NoticeKind[] =>
  noticeKinds.filter((kind) => !told.includes(kind));

/** A saved password goes to no server but the one it was given for. */
function choosePassword(
  secretBox: SecretBox,
  { username, password, host, port, security }: NoticeSettingsInput['email'],
  saved: SavedNoticeSettings | null,
): Uint8Array<ArrayBuffer> | null {
  if (username === '') return null;
  if (password !== undefined) return secretBox.seal(password, sealContexts.mailPassword);
  const isSameServer =
    saved !== null &&
    saved.mailHost === host &&
    saved.mailPort === port &&
    saved.mailSecurity === security &&
    saved.mailUsername === username;
  if (isSameServer && saved.mailPasswordSealed) return new Uint8Array(saved.mailPasswordSealed);
  throw new AppError('request.invalid', {
    errors: [{ path: 'email.password', message: ruleTexts.passwordOfServer }],
  });
}

function chooseWebhookSecret(
  secretBox: SecretBox,
  { enabled, secret }: NoticeSettingsInput['webhook'],
  saved: SavedNoticeSettings | null,
): Uint8Array<ArrayBuffer> | null {
  if (secret !== undefined) return secretBox.seal(secret, sealContexts.webhookSecret);
  if (saved?.webhookSecretSealed) return new Uint8Array(saved.webhookSecretSealed);
  if (!enabled) return null;
  throw new AppError('request.invalid', {
    errors: [{ path: 'webhook.secret', message: ruleTexts.neededWhenOn }],
  });
}

/** What the audit log keeps of them. */
export const describeNoticeSettings = (saved: SavedNoticeSettings): Prisma.InputJsonObject => ({
  language: saved.language,
  quietHours: saved.quietFrom && saved.quietTo ? `${saved.quietFrom}–${saved.quietTo}` : null,
  wecomEnabled: saved.wecomEnabled,
  wecomUserIds: saved.wecomUserIds,
  wecomMuted: saved.wecomMuted,
  emailEnabled: saved.emailEnabled,
  mailServer: `${saved.mailHost}:${saved.mailPort}`,
  mailSecurity: saved.mailSecurity,
  mailUsername: saved.mailUsername,
  mailFrom: saved.mailFrom,
  mailTo: saved.mailTo,
  emailMuted: saved.emailMuted,
  webhookEnabled: saved.webhookEnabled,
  webhookHost: URL.canParse(saved.webhookUrl) ? new URL(saved.webhookUrl).host : '',
  webhookMuted: saved.webhookMuted,
});

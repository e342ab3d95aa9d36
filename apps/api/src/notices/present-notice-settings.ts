import { mailSecurity, type NoticeKind, type NoticeSettings, noticeKinds } from '@orgmirror/contracts';
import type { SavedNoticeSettings } from './notice-settings-repository.ts';

/** As the API shows them: never a secret; the first save's starting point before it. */
export function presentNoticeSettings(saved: SavedNoticeSettings | null, timeZone: string): NoticeSettings {
  return {
    language: saved?.language === 'en' ? 'en' : 'zh',
    quietHours: readQuietHours(saved),
    timeZone,
    wecom: {
      enabled: saved?.wecomEnabled ?? false,
      userIds: saved?.wecomUserIds ?? [],
      kinds: listTold(saved?.wecomMuted),
    },
    email: {
      enabled: saved?.emailEnabled ?? false,
      host: saved?.mailHost ?? '',
      port: saved?.mailPort ?? 465,
      security: mailSecurity.parse(saved?.mailSecurity ?? 'tls'),
      username: saved?.mailUsername ?? '',
      passwordSet: saved != null && saved.mailPasswordSealed !== null,
      from: saved?.mailFrom ?? '',
      to: saved?.mailTo ?? [],
      kinds: listTold(saved?.emailMuted),
    },
    webhook: {
      enabled: saved?.webhookEnabled ?? false,
      url: saved?.webhookUrl ?? '',
      secretSet: saved != null && saved.webhookSecretSealed !== null,
      kinds: listTold(saved?.webhookMuted),
    },
    version: saved?.version ?? 0,
  };
}

/** Stored is what is not told: a kind that a later release adds is told until somebody chooses otherwise. */
const listTold = (muted: readonly string[] = []): NoticeKind[] =>
  noticeKinds.filter((kind) => !muted.includes(kind));

export function readQuietHours(saved: SavedNoticeSettings | null): NoticeSettings['quietHours'] {
  if (!saved?.quietFrom || !saved.quietTo) return null;
  return { from: saved.quietFrom, to: saved.quietTo };
}

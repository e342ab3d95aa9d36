import { mailSecurity, type NoticeSettings } from '@orgmirror/contracts';
import type { SavedNoticeSettings } from './notice-settings-repository.ts';

/** As the API shows them: never a secret; the first save's starting point before it. */
export function presentNoticeSettings(saved: SavedNoticeSettings | null, timeZone: string): NoticeSettings {
  return {
    language: saved?.language === 'en' ? 'en' : 'zh',
    quietHours: readQuietHours(saved),
    timeZone,
    wecom: { enabled: saved?.wecomEnabled ?? false, userIds: saved?.wecomUserIds ?? [] },
    email: {
      enabled: saved?.emailEnabled ?? false,
      host: saved?.mailHost ?? '',
      port: saved?.mailPort ?? 465,
      security: mailSecurity.parse(saved?.mailSecurity ?? 'tls'),
      username: saved?.mailUsername ?? '',
      passwordSet: saved != null && saved.mailPasswordSealed !== null,
      from: saved?.mailFrom ?? '',
      to: saved?.mailTo ?? [],
    },
    webhook: {
      enabled: saved?.webhookEnabled ?? false,
      url: saved?.webhookUrl ?? '',
      secretSet: saved != null && saved.webhookSecretSealed !== null,
    },
    version: saved?.version ?? 0,
  };
}

export function readQuietHours(saved: SavedNoticeSettings | null): NoticeSettings['quietHours'] {
  if (!saved?.quietFrom || !saved.quietTo) return null;
  return { from: saved.quietFrom, to: saved.quietTo };
}

import type { BodyOf, endpoints, NoticeKind, NoticeSettings } from '@orgmirror/contracts';

/** What the form holds; an empty secret keeps the saved one. Flat, so that the server's objections find their fields. */
export interface NoticeFormValues {
  language: NoticeSettings['language'];
  isQuiet: boolean;
  quietFrom: string;
  quietTo: string;
  wecomEnabled: boolean;
  userIds: string[];
  wecomKinds: NoticeKind[];
  emailEnabled: boolean;
  host: string;
  port: number;
  security: NoticeSettings['email']['security'];
  username: string;
  password: string;
  from: string;
  to: string;
  emailKinds: NoticeKind[];
  webhookEnabled: boolean;
  url: string;
  secret: string;
  webhookKinds: NoticeKind[];
}

/** Fields that the server may object to. */
export const noticeFieldNames = [
  'userIds',
  'host',
  'port',
  'username',
  'password',
  'from',
  'to',
  'url',
  'secret',
] as const satisfies readonly (keyof NoticeFormValues)[];

/** The fields that are on the screen: quiet hours only while there are any. */
export const listNoticeFields = (entered: NoticeFormValues): (keyof NoticeFormValues)[] =>
  allFieldNames.filter((name) => entered.isQuiet || (name !== 'quietFrom' && name !== 'quietTo'));

const allFieldNames = [
  'language',
  'isQuiet',
  'quietFrom',
  'quietTo',
  'wecomEnabled',
  'wecomKinds',
  'emailEnabled',
  'security',
  'emailKinds',
  'webhookEnabled',
  'webhookKinds',
  ...noticeFieldNames,
] as const satisfies readonly (keyof NoticeFormValues)[];

const firstQuietHours = { from: '22:00', to: '07:00' };

/** The form as the saved settings fill it. */
export function readNoticeForm({
  language,
  quietHours,
  wecom,
  email,
  webhook,
}: NoticeSettings): NoticeFormValues {
  const { from, to } = quietHours ?? firstQuietHours;
  return {
    language,
    isQuiet: quietHours !== null,
    quietFrom: from,
    quietTo: to,
    wecomEnabled: wecom.enabled,
    userIds: wecom.userIds,
    wecomKinds: wecom.kinds,
    emailEnabled: email.enabled,
    host: email.host,
    port: email.port,
    security: email.security,
    username: email.username,
    password: '',
    from: email.from,
    to: email.to.join(', '),
    emailKinds: email.kinds,
    webhookEnabled: webhook.enabled,
    url: webhook.url,
    secret: '',
    webhookKinds: webhook.kinds,
  };
}

/** What the server is sent. */
export function buildNoticeBody(
  values: NoticeFormValues,
  version: number,
): BodyOf<typeof endpoints.saveNoticeSettings> {
  const { language, isQuiet, quietFrom, quietTo } = values;
  return {
    language,
    quietHours: isQuiet ? { from: quietFrom, to: quietTo } : null,
    wecom: { enabled: values.wecomEnabled, userIds: values.userIds, kinds: values.wecomKinds },
    email: {
      enabled: values.emailEnabled,
      host: values.host.trim(),
      port: values.port,
      security: values.security,
      username: values.username.trim(),
      ...(values.password !== '' && { password: values.password }),
      from: values.from.trim(),
      to: splitList(values.to),
      kinds: values.emailKinds,
    },
    webhook: {
      enabled: values.webhookEnabled,
      url: values.url.trim(),
      ...(values.secret.trim() !== '' && { secret: values.secret.trim() }),
      kinds: values.webhookKinds,
    },
    version,
  };
}

const splitList = (text: string): string[] => text.split(/[\s,;，；、]+/).filter(Boolean);

/** A signing secret of Standard Webhooks with 32 random bytes. */
export function generateWebhookSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}

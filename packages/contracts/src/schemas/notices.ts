import * as z from 'zod';
import { instant, problem, role } from '../common.ts';
import { noticeKinds } from '../notice-texts.ts';
import { timeOfDay } from './wecom-settings.ts';

/** Ways by which a notice leaves the console. */
export const noticeChannels = ['wecom', 'email', 'webhook'] as const;
/** A way by which a notice leaves the console. */
export const noticeChannel = z.enum(noticeChannels).meta({
  id: 'NoticeChannel',
  description: 'A way by which a notice leaves the console: message of the WeCom app, e-mail, or webhook.',
});
/** Value of {@link noticeChannel}. */
export type NoticeChannel = z.infer<typeof noticeChannel>;

/** How one notice fares on one channel. */
export const noticeDelivery = z
  .object({
    channel: noticeChannel,
    /**
     * `waiting`: not sent yet, or tried in vain and tried again at `nextAttemptAt`; `failed`: given up; `withdrawn`: not
     * sent, since what it asks for was done before.
     */
    status: z.enum(['waiting', 'delivered', 'failed', 'withdrawn']),
    attempts: z.number().int(),
    nextAttemptAt: instant.nullable(),
    deliveredAt: instant.nullable(),
    /** Why the last attempt failed; of a delivered one, whom it did not reach. */
    problem: problem.nullable(),
  })
  .meta({ id: 'NoticeDelivery', description: 'How one notice fares on one channel.' });
/** Value of {@link noticeDelivery}. */
export type NoticeDelivery = z.infer<typeof noticeDelivery>;

/** Something that needs a person. */
export const notice = z
  .object({
    id: z.string(),
    kind: z.enum(noticeKinds),
    at: instant,
    title: z.string(),
    detail: z.string(),
    /** Page of the console where it can be mended. */
    path: z.string(),
    runId: z.string().nullable(),
    /** How often the same happened again within a day, of which nobody was told separately. */
    repeats: z.number().int(),
    /** Whether the caller has seen it. */
    isRead: z.boolean(),
    deliveries: z.array(noticeDelivery),
  })
  .meta({ id: 'Notice', description: 'Something that needs a person.' });
/** Value of {@link notice}. */
export type Notice = z.infer<typeof notice>;

/** Numbers of the bell in the header. */
export const noticeState = z
  .object({
    /** Notices that the caller has not seen; 100 stands for any more. */
    unread: z.number().int(),
    /** Notices of the last days that could not be delivered by some channel. */
    undelivered: z.number().int(),
  })
  .meta({ id: 'NoticeState', description: 'Numbers of the bell in the header.' });
/** Value of {@link noticeState}. */
export type NoticeState = z.infer<typeof noticeState>;

/** When nothing is sent, in the time zone of the schedule; `to` before `from` passes midnight. */
export const quietHours = z.strictObject({ from: timeOfDay, to: timeOfDay }).meta({
  id: 'QuietHours',
  description:
    'When nothing is sent, in the time zone of the schedule; `to` before `from` passes midnight. What comes up meanwhile is sent afterwards.',
});

/** What a channel tells of. */
export const toldKinds = z.array(z.enum(noticeKinds));

/** How the mail server is reached: TLS from the first byte, STARTTLS, or in clear. */
export const mailSecurity = z.enum(['tls', 'starttls', 'none']);

/** Who is told of what needs a person, and by which way; secrets are never part of it. */
export const noticeSettings = z
  .object({
    /** Language of what is sent. */
    language: z.enum(['zh', 'en']),
    quietHours: quietHours.nullable(),
    /** In which the quiet hours are meant: that of the schedule. */
    timeZone: z.string(),
    wecom: z.object({ enabled: z.boolean(), userIds: z.array(z.string()), kinds: toldKinds }),
    email: z.object({
      enabled: z.boolean(),
      host: z.string(),
      port: z.number().int(),
      security: mailSecurity,
      username: z.string(),
      passwordSet: z.boolean(),
      from: z.string(),
      to: z.array(z.string()),
      kinds: toldKinds,
    }),
    webhook: z.object({
      enabled: z.boolean(),
      url: z.string(),
      secretSet: z.boolean(),
      kinds: toldKinds,
    }),
    version: z.number().int(),
  })
  .meta({
    id: 'NoticeSettings',
    description: 'Who is told of what needs a person, and by which way; secrets are never part of it.',
  });
/** Value of {@link noticeSettings}. */
export type NoticeSettings = z.infer<typeof noticeSettings>;

/** A member who is told, or can be, by messages of the WeCom app. */
export const noticeRecipient = z
  .object({
    /** As it is saved, or as the directory has it. */
    userId: z.string(),
    /** This and the rest: null when the directory has no such member. */
    name: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    /** Who has left is sent nothing. */
    presence: z.enum(['present', 'left']).nullable(),
    role: role.nullable(),
  })
  .meta({
    id: 'NoticeRecipient',
    description: 'A member who is told, or can be, by messages of the WeCom app.',
  });
/** Value of {@link noticeRecipient}. */
export type NoticeRecipient = z.infer<typeof noticeRecipient>;

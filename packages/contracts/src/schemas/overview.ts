import * as z from 'zod';
import { instant } from '../common.ts';
import { syncRun, syncRunStatus, syncState } from './sync-runs.ts';

const count = z.number().int();
/** A day of the connection's time zone, `2026-11-25`. */
const day = z.iso.date();

/** What may need a person; each is mended in one place. */
export const concernCodes = [
  'notConfigured',
  'syncOff',
  'neverSynced',
  'callsFail',
  'schedulePaused',
  'appSuspended',
  'held',
  'failed',
  'partial',
  'notRemoved',
  'undone',
  'stale',
  'eventsFailed',
  'callbackUnverified',
  'noticesFail',
  'anomalies',
] as const;

/** Something that is not as it should be, with what is known of it. */
export const concern = z
  .object({
    /**
     * `callsFail`: WeCom refused the latest call. `stale`: no full sync for a week, and none is planned. `held`,
     * `failed`, `partial`, `notRemoved` and `undone`: as in `SyncDifference`. `anomalies`: warnings of the last
     * full sync. `noticesFail`: channels whose latest notice did not reach everybody.
     */
    code: z.enum(concernCodes),
    /** `info` needs nobody; the rest turns the verdict. */
    severity: z.enum(['error', 'warning', 'info']),
    /** What WeCom or the server said, in the caller's language. */
    detail: z.string().nullable(),
    /** The run to look at. */
    runId: z.string().nullable(),
    count: count.nullable(),
    /** Since when, or until when for `held`. */
    at: instant.nullable(),
  })
  .meta({
    id: 'Concern',
    description: 'Something that is not as it should be, with what is known of it.',
  });
/** Value of {@link concern}. */
export type Concern = z.infer<typeof concern>;

/** A right that WeCom gave this server, and when it was last seen to work. */
export const wecomRight = z
  .object({
    id: z.enum(['contacts', 'appEvents', 'contactsEvents', 'signIn']),
    /** `unused`: set up, and nothing has come of it yet. `off`: not set up. */
    state: z.enum(['working', 'failing', 'unused', 'off']),
    /** When the secret was set, the callback URL verified or the authentication added. */
    since: instant.nullable(),
    lastUsedAt: instant.nullable(),
  })
  .meta({
    id: 'WecomRight',
    description: 'A right that WeCom gave this server, and when it was last seen to work.',
  });
/** Value of {@link wecomRight}. */
export type WecomRight = z.infer<typeof wecomRight>;

/** How many members there are, by WeCom's status and by department. */
export const memberTotals = z
  .object({
    present: count,
    activated: count,
    notActivated: count,
    disabled: count,
    /** Present, with a status that WeCom has not documented, or none. */
    unknown: count,
    left: count,
    departments: count,
    /** The ten largest below the top department, or of the top departments when there are several. */
    largest: z.array(z.object({ departmentId: count, name: z.string(), totalMemberCount: count })),
  })
  .meta({ id: 'People', description: 'How many members there are, by WeCom’s status and by department.' });
/** Value of {@link memberTotals}. */
export type MemberTotals = z.infer<typeof memberTotals>;

/** Applied changes over time, by when their run started; the first sync is not counted. */
export const activity = z
  .object({
    /** IANA name in which days begin. */
    timeZone: z.string(),
    /** Members and departments changed, oldest first: the last 30 days. */
    days: z.array(
      z.object({ day, joined: count, left: count, moved: count, updated: count, departments: count }),
    ),
    /** The last 12 weeks by their Mondays, oldest first. */
    weeks: z.array(z.object({ weekOf: day, joined: count, left: count })),
  })
  .meta({
    id: 'Activity',
    description: 'Applied changes over time, by when their run started; the first sync is not counted.',
  });
/** Value of {@link activity}. */
export type Activity = z.infer<typeof activity>;

/** A plan that waits for a person: a held run or a preview. */
export const decision = z.object({
  runId: z.string(),
  mode: syncRun.shape.mode,
  held: syncRun.shape.held,
  /** Members and departments of the plan. */
  subjects: count,
  startedBy: z.string().nullable(),
  waitingSince: instant.nullable(),
  heldUntil: instant.nullable(),
});

/** One attempt to sign in. */
export const recentSignIn = z.object({
  id: z.string(),
  at: instant,
  /** Null: an account or a member that is not known here. */
  actor: z.string().nullable(),
  way: z.enum(['local', 'wecom']),
  result: z.enum(['succeeded', 'failed']),
  ip: z.string().nullable(),
});

/** Whether all is well, and what an admin looks at first. */
export const overview = z
  .object({
    /** `notSetUp`: there is no directory yet. */
    verdict: z.enum(['healthy', 'needsPerson', 'notSetUp']),
    /** The most severe first. */
    concerns: z.array(concern),
    sync: syncState.extend({
      /** Of the last full sync: changes that no event had announced; null when not counted. */
      drift: syncRun.shape.drift,
      /** The run that is under way. */
      active: z.object({ runId: z.string(), status: syncRunStatus }).nullable(),
    }),
    /** Newest first, at most 5. */
    decisions: z.array(decision),
    rights: z.array(wecomRight),
    people: memberTotals,
    activity,
    /** Newest first, at most 6. */
    signIns: z.array(recentSignIn),
    versions: z.object({
      server: z.string(),
      node: z.string(),
      /** `embedded`: the database of the data folder. */
      databaseKind: z.enum(['postgres', 'embedded']),
      database: z.string(),
    }),
  })
  .meta({ id: 'Overview', description: 'Whether all is well, and what an admin looks at first.' });
/** Value of {@link overview}. */
export type Overview = z.infer<typeof overview>;

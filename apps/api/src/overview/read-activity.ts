import type { Activity } from '@orgmirror/contracts';
import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
import { listNextOccurrences } from '../schedule/next-occurrences.ts';

const shownDays = 30;
const shownWeeks = 12;
const dayMs = 86_400_000;

type DayCounts = Omit<Activity['days'][number], 'day'>;
const noChanges: DayCounts = { joined: 0, left: 0, moved: 0, updated: 0, departments: 0 };

export const emptyActivity = (timeZone: string): Activity => ({ timeZone, days: [], weeks: [] });

/** Changes by day and week of a time zone, from the runs of these weeks and no others. */
export async function readActivity(
  prisma: PrismaClient,
  corpRowId: number,
  { timeZone, at }: { timeZone: string; at: Date },
): Promise<Activity> {
  const days = listDays(timeZone, at);
  const counts = await countByDay(
    prisma,
    corpRowId,
    days.map(({ start }) => start),
  );
  const counted = days.map(({ day }, index) => ({ day, ...(counts.get(index + 1) ?? noChanges) }));
  return { timeZone, days: counted.slice(-shownDays), weeks: sumWeeks(counted) };
}

/** The days up to today that the weeks are made of, the first one a Monday. */
function listDays(timeZone: string, at: Date): { day: string; start: Date }[] {
  const names = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const after = new Date(at.getTime() - shownWeeks * 7 * dayMs);
  const midnights = { timeZone, countedFrom: after, after };
  const days = listNextOccurrences({ kind: 'daily', at: '00:00' }, midnights, shownWeeks * 7 + 1)
    .filter((start) => start <= at)
    .map((start) => ({ day: names.format(start), start }));
  return days.slice(days.findIndex(({ day }) => isMonday(day)));
}

const isMonday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;

/** What the sections of runs add up to, by the 1-based position of the day. */
async function countByDay(
  prisma: PrismaClient,
  corpRowId: number,
  starts: readonly Date[],
): Promise<Map<number, DayCounts>> {
  const [since] = starts;
  if (since === undefined) return new Map();
  const first = await prisma.syncRun.findFirst({
    where: { corpRowId, appliedAt: { not: null } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  if (first === null) return new Map();
  const rows = await prisma.$queryRaw<(DayCounts & { position: number })[]>`
    SELECT width_bucket(r.started_at, ${starts}::timestamptz[]) AS position,
           ${sumApplied('join')} AS joined, ${sumApplied('leave')} AS "left", ${sumApplied('move')} AS moved,
           ${sumApplied('update')} AS updated, ${sumApplied('department')} AS departments
    FROM sync_run r
    WHERE r.corp_row_id = ${corpRowId} AND r.started_at >= ${since} AND r.applied_at IS NOT NULL
      AND r.id <> ${first.id}::uuid
    GROUP BY 1`;
  return new Map(rows.map(({ position, ...counts }) => [position, counts]));
}

/** Subjects of a section that were applied: what was held only once it was approved. */
const sumApplied = (section: string): Prisma.Sql => Prisma.sql`
  coalesce(sum(coalesce((r.subjects -> ${section} ->> 'free')::int, 0)
    + CASE WHEN r.status = 'succeeded' THEN coalesce((r.subjects -> ${section} ->> 'held')::int, 0) ELSE 0 END
  ), 0)::int`;

function sumWeeks(days: readonly Activity['days'][number][]): Activity['weeks'] {
  const weeks: Activity['weeks'] = [];
  for (const { day, joined, left } of days) {
    if (isMonday(day)) weeks.push({ weekOf: day, joined: 0, left: 0 });
    const week = weeks.at(-1);
    if (week === undefined) continue;
    week.joined += joined;
    week.left += left;
  }
  return weeks;
}

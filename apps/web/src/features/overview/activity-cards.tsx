import type { Activity } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { ChartCard } from './bar-chart.tsx';

type Day = Activity['days'][number];

const kinds = ['joined', 'left', 'moved', 'updated', 'departments'] as const;
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const countDay = (day: Day) => sum(kinds.map((kind) => day[kind]));
/** 11-25 of 2026-11-25. */
const shorten = (day: string) => day.slice(5);

/** How much changed, by day. */
export function ChangesCard({ activity: { days, timeZone } }: { activity: Activity }) {
  const { t } = useTranslation();
  const totals = days.map(countDay);
  const count = sum(totals);
  return (
    <ChartCard
      id="om-changes"
      title={t('overview.changes.title')}
      summary={count === 0 ? null : t('overview.changes.summary', { count, most: Math.max(...totals) })}
      empty={t('overview.changes.none')}
      note={t('overview.chart.weeksNote', { timeZone })}
      bars={days.map((day, index) => ({
        key: day.day,
        title: t('overview.changes.onDay', { day: day.day, count: totals[index] ?? 0 }),
        up: totals[index] ?? 0,
      }))}
      ends={[shorten(days[0]?.day ?? ''), shorten(days.at(-1)?.day ?? '')]}
      columns={[
        { key: 'day', title: t('overview.changes.day'), render: ({ day }: Day) => day },
        ...kinds.map((kind) => ({
          key: kind,
          title: t(`overview.changes.${kind}`),
          isNumeric: true,
          render: (day: Day) => day[kind],
        })),
      ]}
      rows={days.filter((day) => countDay(day) > 0).toReversed()}
      rowKey={({ day }) => day}
    />
  );
}

/** Who joined above the line and who left below it, by week. */
export function TurnoverCard({ activity: { weeks, timeZone } }: { activity: Activity }) {
  const { t } = useTranslation();
  const joined = sum(weeks.map((week) => week.joined));
  const left = sum(weeks.map((week) => week.left));
  return (
    <ChartCard
      id="om-turnover"
      title={t('overview.turnover.title')}
      summary={joined + left === 0 ? null : t('overview.turnover.summary', { joined, left })}
      empty={t('overview.turnover.none')}
      note={t('overview.chart.weeksNote', { timeZone })}
      bars={weeks.map(({ weekOf, ...counts }) => ({
        key: weekOf,
        title: t('overview.turnover.inWeek', { week: weekOf, ...counts }),
        up: counts.joined,
        down: counts.left,
      }))}
      ends={[shorten(weeks[0]?.weekOf ?? ''), shorten(weeks.at(-1)?.weekOf ?? '')]}
      columns={[
        { key: 'week', title: t('overview.turnover.week'), render: ({ weekOf }) => weekOf },
        {
          key: 'joined',
          title: t('overview.changes.joined'),
          isNumeric: true,
          render: (week) => week.joined,
        },
        { key: 'left', title: t('overview.changes.left'), isNumeric: true, render: (week) => week.left },
      ]}
      rows={weeks.toReversed()}
      rowKey={({ weekOf }) => weekOf}
    />
  );
}

import type { BodyOf, endpoints, RemovalGuard, WecomSettings } from '@orgmirror/contracts';
import { buildSchedule, readScheduleValues, type ScheduleValues, scheduleKinds } from './schedule-values.ts';

/** What the form of the part holds. Flat, so that the server's objections find their fields. */
export interface SyncValues extends ScheduleValues, RemovalGuard {
  retentionDays: number;
}

type SyncField = keyof SyncValues;

const guardFields = ['maxCount', 'maxPercent', 'windowHours'] as const;
const fieldsOfKind = {
  off: [],
  everyHours: ['hours'],
  daily: ['at'],
  weekdays: ['weekdays', 'at'],
} as const satisfies Record<ScheduleValues['kind'], readonly SyncField[]>;

/** The fields that are on the screen. */
export const listSyncFields = ({ kind }: Pick<SyncValues, 'kind'>): SyncField[] => [
  'kind',
  ...fieldsOfKind[kind],
  'timeZone',
  ...guardFields,
  'retentionDays',
];

/** All fields. */
export const syncFieldNames: readonly SyncField[] = [
  ...new Set(scheduleKinds.flatMap((kind) => listSyncFields({ kind }))),
];

/** The saved settings as the fields show them. */
export const readSyncValues = ({
  schedule,
  timeZone,
  removalGuard,
  retentionDays,
}: WecomSettings): SyncValues => ({
  ...readScheduleValues(schedule, timeZone),
  ...removalGuard,
  retentionDays,
});

/** What the server is sent: what has changed, so that nothing is undone that others changed meanwhile. */
export function buildSyncBody(
  entered: SyncValues,
  changed: readonly SyncField[],
): BodyOf<typeof endpoints.saveSyncSettings> {
  const scheduleFields: readonly SyncField[] = ['kind', ...fieldsOfKind[entered.kind]];
  const changedLimits = guardFields.filter((name) => changed.includes(name));
  return {
    ...(changed.some((name) => scheduleFields.includes(name)) && { schedule: buildSchedule(entered) }),
    ...(changed.includes('timeZone') && { timeZone: entered.timeZone }),
    ...(changedLimits.length > 0 && {
      removalGuard: Object.fromEntries(changedLimits.map((name) => [name, entered[name]])),
    }),
    ...(changed.includes('retentionDays') && { retentionDays: entered.retentionDays }),
  };
}

import type { NoticeSettings } from '@orgmirror/contracts';

/** Whether an instant is within the quiet hours, by the clocks of the zone; the end is outside. */
export function isQuiet(quietHours: NoticeSettings['quietHours'], timeZone: string, at: Date): boolean {
  if (quietHours === null) return false;
  const { from, to } = quietHours;
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return from <= to ? from <= time && time < to : from <= time || time < to;
}

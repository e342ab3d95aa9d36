import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime';

dayjs.extend(relativeTime);

/** "3 minutes ago" in the current language, as seen from now. */
export const formatRelative = (instant: string): string => dayjs(instant).fromNow();

/** Date and time to the second, in the browser's time zone. */
export const formatExact = (instant: string): string => dayjs(instant).format('YYYY-MM-DD HH:mm:ss');

/** Day and minute without the year, in the browser's time zone: 11-27 02:30. */
export const formatSoon = (instant: string): string => dayjs(instant).format('MM-DD HH:mm');

/** The day as 2026-11-25, in the browser's time zone. */
export const formatDay = (instant: Date): string => dayjs(instant).format('YYYY-MM-DD');

/** 11月26日 20:46 or Nov 26, 20:46, with the year when it is another one; in the browser's time zone. */
export function formatMoment(instant: string, now = new Date()): string {
  const date = new Date(instant);
  const isThisYear = date.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(dayjs.locale(), {
    ...(!isThisYear && { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(date);
}

/** A span in the largest unit and the next: 2 days and 23 hours, 5 hours and 12 minutes, or 12 minutes. */
export function splitSpan(spanMs: number): {
  unit: 'days' | 'hours' | 'minutes';
  count: number;
  rest: number;
} {
  const minutes = Math.max(0, Math.floor(spanMs / 60_000));
  if (minutes >= 1_440)
    return { unit: 'days', count: Math.floor(minutes / 1_440), rest: Math.floor((minutes % 1_440) / 60) };
  if (minutes >= 60) return { unit: 'hours', count: Math.floor(minutes / 60), rest: minutes % 60 };
  return { unit: 'minutes', count: minutes, rest: 0 };
}

/** The browser's time zone, e.g. Asia/Shanghai. */
export const getLocalTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** 2026-11-25 周三 02:00, in a time zone (IANA name), the weekday in the current language. */
export function formatInZone(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat(dayjs.locale(), {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${get('year')}-${get('month')}-${get('day')} ${get('weekday')} ${get('hour')}:${get('minute')}`;
}

const counts = new Intl.NumberFormat('en-US');

/** A count with its thousands apart, e.g. 1,234. Most are small, and formatting one takes long in long lists. */
export const formatCount = (count: number): string => (count < 1_000 ? String(count) : counts.format(count));

/** A number per second: whole from 10 on, one digit after the point below, e.g. 42, 3.5. */
export const formatRate = (perSecond: number): string =>
  perSecond.toLocaleString('en-US', { maximumFractionDigits: perSecond < 10 ? 1 : 0 });

/** A span as 0:07, 12:34 or 1:02:03. Negative spans, from a clock that is behind the server's, give 0:00. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

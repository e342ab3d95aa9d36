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

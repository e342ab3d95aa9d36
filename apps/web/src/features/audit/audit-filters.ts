/** Filters of the audit log; '' does not filter. */
export interface AuditFilters {
  /** Who did it, as the entry names them. */
  readonly actor: string;
  /** An action, or the beginning of several up to the dot. */
  readonly action: string;
  /** An id, or the name of a member. */
  readonly target: string;
  readonly result: '' | 'succeeded' | 'failed';
  /** First and last day, YYYY-MM-DD, in the browser's time zone. */
  readonly from: string;
  readonly to: string;
}

const results = ['succeeded', 'failed'] as const;

const readDay = (text: string | null): string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';

/** The filters that an address holds; what it does not know counts as not given. */
export const readAuditFilters = (params: URLSearchParams): AuditFilters => ({
  actor: readText(params.get('actor')),
  action: (params.get('action') ?? '').slice(0, 100),
  target: readText(params.get('target')),
  result: results.find((result) => result === params.get('result')) ?? '',
  from: readDay(params.get('from')),
  to: readDay(params.get('to')),
});

const readText = (text: string | null): string => (text ?? '').trim().slice(0, 200);

export const hasAuditFilters = (filters: AuditFilters): boolean =>
  Object.values(filters).some((value) => value !== '');

/** The server's query for these filters, without paging. */
export const toAuditQuery = ({ actor, action, target, result, from, to }: AuditFilters) => ({
  ...(actor !== '' && { actor }),
  ...(action !== '' && { action }),
  ...(target !== '' && { target }),
  ...(result !== '' && { result }),
  ...(from !== '' && { since: startOfDay(from, 0) }),
  ...(to !== '' && { until: startOfDay(to, 1) }),
});

/** Midnight where the browser is, that many days after the day. */
function startOfDay(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

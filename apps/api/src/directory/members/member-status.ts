import type { MemberStatus } from '@orgmirror/contracts';

/** WeCom's numbers (wecom-api 3.3). */
export const wecomStatuses: Record<Exclude<MemberStatus, 'unknown'>, number> = {
  activated: 1,
  disabled: 2,
  notActivated: 4,
  left: 5,
};

const names = new Map(Object.entries(wecomStatuses).map(([name, number]) => [number, name as MemberStatus])); // own keys

/** Our word for WeCom's status; a number that WeCom does not document is "unknown". */
export const presentStatus = (status: number | null): MemberStatus => names.get(status ?? 0) ?? 'unknown';

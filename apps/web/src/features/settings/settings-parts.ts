/** The parts of 企业设置 as their addresses name them. */
export const parts = ['connection', 'sync', 'events', 'sign-in', 'notifications'] as const;
export type SettingsPart = (typeof parts)[number];

export const buildPartPath = (part: SettingsPart): string => `/system/enterprise/${part}`;

/** Tabs that once were in the address, which bookmarks may still name. */
const partsOfTabs: Readonly<Record<string, SettingsPart>> = {
  authentication: 'sign-in',
  notices: 'notifications',
};

/** The address of a part for an address that names none: `?tab=authentication&auth=…` is kept working. */
export function resolvePartAddress(search: URLSearchParams): string {
  const { tab, ...kept } = Object.fromEntries(search);
  const path = buildPartPath(partsOfTabs[tab ?? ''] ?? parts[0]);
  const query = new URLSearchParams(kept).toString();
  return query === '' ? path : `${path}?${query}`;
}

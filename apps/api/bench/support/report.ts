/** One line of a table: what was measured, and the limit that it must hold. */
export interface Row {
  name: string;
  value: string;
  limit?: string;
  /** Whether the limit holds; without a limit it is for information. */
  holds?: boolean;
}

/** A table under its heading. */
export interface Section {
  title: string;
  rows: Row[];
}

export const formatCount = (count: number): string => count.toLocaleString('en');

export const nameCorp = ({ departments, members }: { departments: number; members: number }): string =>
  `${formatCount(departments)} departments, ${formatCount(members)} members`;

/** A measure without a limit. */
export const tell = (name: string, value: string): Row => ({ name, value });

/** A number that must not exceed a limit; both are written with the unit. */
export function atMost(name: string, value: number, limit: number, unit = ''): Row {
  const format = (number: number) => `${Number.isInteger(number) ? number : number.toFixed(2)}${unit}`;
  return { name, value: format(value), limit: `≤ ${format(limit)}`, holds: value <= limit };
}

/** The section as Markdown. */
export function formatSection({ title, rows }: Section): string {
  const lines = rows.map(
    ({ name, value, limit = '', holds }) =>
      `| ${name} | ${value} | ${limit}${holds === undefined ? '' : holds ? ' ✓' : ' ✗'} |`,
  );
  return [`## ${title}`, '', '| Measure | Value | Limit |', '| --- | --- | --- |', ...lines, ''].join('\n');
}

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 AA, a line each: the rule, and the elements that break it. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Legacy mode stays in the page: there are no frames, and a second page for each analysis doubles its time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(levels).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Of these levels, those that axe files under `cat.color`. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** What axe finds against WCAG 2.2 AA, a line each: the rule, and the elements that break it. */
export const findBarriers = (page: Page): Promise<string[]> => analyze(prepareAxe(page).withTags(levels));

/** The same for the rules that look at colours: all that can differ in the other theme. */
export const findBarriersOfColour = (page: Page): Promise<string[]> =>
  analyze(prepareAxe(page).withRules(rulesOfColour));

/** Legacy mode stays in the page: there are no frames, and a second page for each analysis doubles its time. */
const prepareAxe = (page: Page) => new AxeBuilder({ page }).setLegacyMode();

/**
 * The listbox of a combobox may scroll without being focused: the arrow keys move through it. axe knows that of the
 * listbox itself; antd scrolls the element around it.
 */
const isListOfSelect = (rule: string, html: string) =>
  rule === 'scrollable-region-focusable' && html.includes('ant-select-dropdown-list-holder');

async function analyze(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => {
    const broken = nodes.map(({ html }) => html.slice(0, 160)).filter((html) => !isListOfSelect(id, html));
    return broken.length === 0 ? [] : `${id}: ${broken.join(' | ')}`;
  });
}

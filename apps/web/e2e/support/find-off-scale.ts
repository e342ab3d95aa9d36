import type { Page } from 'playwright-core';

/** As in apps/web/src/styles/base.css, in px. */
const textSizes = [12, 14, 16, 20, 24];
const controlHeights = [24, 32, 40];

/** Initials are drawn to the size of their circle; the picture of the departments is zoomed. */
const drawn = '.om-avatar, .om-chart-canvas';
/** Buttons and fields with a box of their own; of antd's fields the box around, which has the border. */
const controls =
  'button, .ant-btn, .ant-select, .ant-picker, .ant-input-number, .ant-input-affix-wrapper, input, .om-second-button';
/** Text that is pressed, switches and boxes to tick, what grows with its content, and the insides of antd's fields. */
const unmeasured =
  '.om-link-button, [role="switch"], [type="checkbox"], [type="radio"], .ant-select-multiple, textarea,' +
  '.ant-select *, .ant-picker *, .ant-input-number *, .ant-input-affix-wrapper *';

/** Texts and controls whose size is not one of the scale, a line for each kind. */
export const findOffScale = (page: Page): Promise<string[]> =>
  page.evaluate(
    (scale) => {
      const found = new Set<string>();
      const name = ({ tagName, classList }: Element) => [tagName.toLowerCase(), ...classList].join('.');
      const isShown = (element: Element) =>
        element.checkVisibility({ visibilityProperty: true }) && !element.closest(scale.drawn);
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        const element = text.parentElement;
        if (element === null || text.textContent?.trim() === '' || !isShown(element)) continue;
        const size = Number.parseFloat(getComputedStyle(element).fontSize);
        if (!scale.textSizes.includes(size)) found.add(`text of ${size} px: ${name(element)}`);
      }
      for (const control of document.querySelectorAll(scale.controls)) {
        if (control.matches(scale.unmeasured) || !isShown(control)) continue;
        const height = Math.round(control.getBoundingClientRect().height * 10) / 10;
        if (!scale.controlHeights.includes(height)) found.add(`control of ${height} px: ${name(control)}`);
      }
      return [...found];
    },
    { textSizes, controlHeights, drawn, controls, unmeasured },
  );

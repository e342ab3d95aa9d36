import type { Locator, Page } from 'playwright-core';

/** Between being in the page and beginning to grow, a dialog stands still for some frames. */
const stillFrames = 12;

/**
 * The dialog of that name, once it stands still: of a click on one that still grows, press and release can meet
 * two different things.
 */
export async function findDialog(page: Page, name?: string | RegExp): Promise<Locator> {
  const dialog = page.getByRole('dialog', name === undefined ? {} : { name });
  await dialog.waitFor();
  await page.waitForFunction(
    ([element, frames]) => {
      const isMoving = document.getAnimations().some(({ playState, effect }) => {
        if (playState !== 'running' || !(effect instanceof KeyframeEffect)) return false;
        const { target } = effect;
        if (effect.getTiming().iterations === Infinity || target === null) return false;
        return target.contains(element) || element.contains(target);
      });
      const { dataset } = element; // what a polled function can remember
      const count = isMoving ? 0 : Number(dataset.stillFrames ?? 0) + 1;
      dataset.stillFrames = String(count);
      if (count > frames) delete dataset.stillFrames; // it may close and open again
      return count > frames;
    },
    [await dialog.elementHandle(), stillFrames] as const,
  );
  return dialog;
}

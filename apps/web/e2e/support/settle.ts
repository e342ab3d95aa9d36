import type { Page } from 'playwright-core';

/** A drawer whose code is still on its way begins to open a moment after the page is still. */
const calmForMs = 600;

/** Waits until nothing has been loading or moving for a while, so that colours and places can be judged. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction((neededMs) => {
    const isBusy = document.querySelector('[aria-busy="true"], .om-skeleton, .om-boot, .ant-spin') !== null;
    const isMoving = document
      .getAnimations()
      .some(
        ({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity,
      );
    const isCalm = !isBusy && !isMoving && document.querySelector('h1') !== null;
    const { dataset } = document.documentElement; // what a polled function can remember
    if (!isCalm) {
      delete dataset.calmSince;
      return false;
    }
    dataset.calmSince ??= String(performance.now());
    return performance.now() - Number(dataset.calmSince) > neededMs;
  }, calmForMs);
  await page.evaluate(() => {
    delete document.documentElement.dataset.calmSince;
  });
}

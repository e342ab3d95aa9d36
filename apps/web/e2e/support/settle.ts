import type { Page } from 'playwright-core';

/** A drawer whose code is still loading opens a moment after the page is idle. */
const idleMs = 600;

/**
 * Waits until nothing has been loading or moving for a while, so that colours and positions can be checked.
 */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction((minIdleMs) => {
    const isBusy = document.querySelector('[aria-busy="true"], .om-skeleton, .om-boot, .ant-spin') !== null;
    const isMoving = document
      .getAnimations()
      .some(
        ({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity,
      );
    const isIdle = !isBusy && !isMoving && document.querySelector('h1') !== null;
    const { dataset } = document.documentElement; // what a polled function can remember
    if (!isIdle) {
      delete dataset.idleSince;
      return false;
    }
    dataset.idleSince ??= String(performance.now());
    return performance.now() - Number(dataset.idleSince) > minIdleMs;
  }, idleMs);
  await page.evaluate(() => {
    delete document.documentElement.dataset.idleSince;
  });
}

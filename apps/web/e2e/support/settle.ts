import type { Page } from 'playwright-core';

/**
 * Waits until nothing has been loading or moving for a while, so that colours and positions can be checked.
 * @param idleMs by default long enough for a drawer whose code is still loading when the page is idle
 */
export async function settle(page: Page, idleMs = 600): Promise<void> {
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

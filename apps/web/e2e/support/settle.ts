import type { Page } from 'playwright-core';

/** Waits until nothing is loading or moving, so that colours and places can be judged. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isBusy = document.querySelector('[aria-busy="true"], .om-skeleton, .om-boot, .ant-spin') !== null;
    const isMoving = document
      .getAnimations()
      .some(
        ({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity,
      );
    return !isBusy && !isMoving && document.querySelector('h1') !== null;
  });
}

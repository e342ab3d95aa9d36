import type { Page, Request } from 'playwright-core';

const underWay = new WeakMap<Page, Set<Request>>();

/** Follows what a page asks for, from its beginning, so that `settle` can wait for it. */
export function followRequests(page: Page): void {
  const requests = new Set<Request>();
  underWay.set(page, requests);
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') requests.add(request); // open as long as the page
  });
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
}

/** What a drawer needs to appear whose code has just come. */
const framesOfDrawer = 12;

/**
 * Waits until nothing is loading, and nothing moves for some frames: colours and positions can be checked then.
 * @param frames fewer are enough where only the look of what is there changes
 */
export async function settle(page: Page, frames = framesOfDrawer): Promise<void> {
  for (;;) {
    await waitUntilStill(page, frames);
    const requests = [...(underWay.get(page) ?? [])];
    if (requests.length === 0) return;
    await Promise.race(requests.map((request) => request.response()));
  }
}

async function waitUntilStill(page: Page, stillFrames: number): Promise<void> {
  await page.waitForFunction((frames) => {
    const isBusy = document.querySelector('[aria-busy="true"], .om-skeleton, .om-boot, .ant-spin') !== null;
    const isMoving = document
      .getAnimations()
      .some(
        ({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity,
      );
    const isStill = !isBusy && !isMoving && document.querySelector('h1') !== null;
    const { dataset } = document.documentElement; // what a polled function can remember
    dataset.stillFrames = String(isStill ? Number(dataset.stillFrames ?? 0) + 1 : 0);
    return Number(dataset.stillFrames) > frames;
  }, stillFrames);
  await page.evaluate(() => {
    delete document.documentElement.dataset.stillFrames;
  });
}

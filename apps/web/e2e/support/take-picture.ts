import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { settle } from './settle.ts';

const folder = join(import.meta.dirname, '../../../../docs/images');

/** Whether this run renews the documentation's pictures. */
export const picturesAreTaken = process.env.SCREENSHOTS === '1';

/** With SCREENSHOTS=1, writes what the page shows into the documentation's images. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!picturesAreTaken) return;
  await page.mouse.move(0, 0); // no tooltips, no focus rings
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await settle(page);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

import type { Page } from 'playwright-core';
import { findDialog } from './find-dialog.ts';

/** Starts a sync from the org page, by its menu and the dialog. */
export async function startSync(page: Page, mode: '立即同步' | '预览' = '立即同步'): Promise<void> {
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '企业微信同步' }).click();
  const dialog = await findDialog(page, '企业微信同步');
  await dialog.getByRole('button', { name: mode, exact: true }).click();
}

import { ensurePrismaClient } from '../../../../prisma/generate.ts';
import { ensureWebBuilt } from '../../scripts/ensure-built.ts';
import { findBrowser } from './find-browser.ts';

/**
 * Before all browser tests: a browser, the database client, and a console built from the sources as they are.
 */
export default async function setUp(): Promise<void> {
  await findBrowser();
  await ensurePrismaClient();
  await ensureWebBuilt();
}

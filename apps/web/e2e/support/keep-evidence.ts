import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { BrowserContext } from 'playwright-core';

const repositoryFolder = resolve(import.meta.dirname, '../../../..');

/** Where what a failed browser test saw is kept; ignored by git. */
const evidenceFolder = join(repositoryFolder, '.test-results');

/** Begins to record what a failed test will want to show: the pages' DOM and requests at each step. */
export async function startRecording(context: BrowserContext): Promise<void> {
  await context.tracing.start({ snapshots: true, screenshots: false });
}

/**
 * Keeps a picture of each open page and the trace of the context (`npx playwright-core show-trace <file>`).
 * @returns the paths written, relative to the repository
 */
export async function keepEvidence(context: BrowserContext, testName: string): Promise<string[]> {
  await mkdir(evidenceFolder, { recursive: true });
  const name = `${testName.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 100)}-${Date.now()}`;
  const paths: string[] = [];
  for (const [index, page] of context.pages().entries()) {
    const path = join(evidenceFolder, `${name}-${index}.png`);
    await page.screenshot({ path, timeout: 5_000 });
    paths.push(path);
  }
  const tracePath = join(evidenceFolder, `${name}.trace.zip`);
  await context.tracing.stop({ path: tracePath });
  return [...paths, tracePath].map((path) => relative(repositoryFolder, path));
}

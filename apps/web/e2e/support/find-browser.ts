import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { isBundledBrowserUsable, unpackBundledBrowser } from './bundled-browser.ts';

/** How a Chromium is started. */
export interface BrowserProgram {
  executablePath: string;
  /** What it needs in its environment beside the process's own. */
  env: Record<string, string>;
}

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The Chromium that CHROMIUM_PATH names, else one that is installed, else the one that npm brought. Nothing
 * is downloaded: many networks refuse it.
 * @throws Error with one line that says how to get one
 */
export async function findBrowser(): Promise<BrowserProgram> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return { executablePath: named, env: {} };
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist. Correct it or unset it.`);
  }
  const executablePath = [...systemPaths, chromium.executablePath()].find((path) => existsSync(path));
  if (executablePath !== undefined) return { executablePath, env: {} };
  if (isBundledBrowserUsable()) return unpackBundledBrowser();
  throw new Error(
    'The browser tests need a Chromium and npm has none for this system. Install Chrome or Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH.',
  );
}

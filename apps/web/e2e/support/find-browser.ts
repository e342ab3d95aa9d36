import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The Chromium of this machine, or the one that CHROMIUM_PATH names. Nothing is downloaded: many networks refuse it.
 * @throws Error with the command that installs one
 */
export function findBrowser(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
  }
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new Error(
    'The browser tests need a Chromium. Install one with: apt-get install -y chromium fonts-noto-cjk',
  );
}

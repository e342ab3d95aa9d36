import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
// declares what the test database may be given
import type {} from '../../../api/test/support/postgres-setup.ts';
import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../../../api/test/support/start-test-server.ts';
import { findBrowser } from './find-browser.ts';
import { keepEvidence, startRecording } from './keep-evidence.ts';
import { followRequests } from './settle.ts';
import { type Trouble, watchPage } from './watch-page.ts';

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage', // small or missing in containers
];

export const wide = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** Who looks at the console, and with what. */
export interface Visitor {
  /** `name=value` of a session; by default the first admin's, '' for none. */
  cookie?: string;
  locale?: 'zh-CN' | 'en-US';
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
  /** E.g. of the WeCom client. */
  userAgent?: string;
}

export interface ConsoleUnderTest {
  readonly server: TestServer;
  /** Opens a path in a browser of its own, closed when the test ends. */
  open(path: string, visitor?: Visitor): Promise<Page>;
  /** Troubles that the running test provokes, e.g. a 409 that the browser notes in its console. */
  expectTrouble(...patterns: RegExp[]): void;
}

/** The product with its own database and WeCom simulator for one test file, seen through a real browser. */
export function openConsole(options: TestServerOptions = {}): ConsoleUnderTest {
  let server: TestServer | undefined;
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  let troubles: Trouble[] = [];
  let expected: RegExp[] = [];

  const running = () => {
    if (server === undefined || browser === undefined) throw new Error('The console runs only within tests.');
    return { server, browser };
  };
  beforeAll(async () => {
    server = await startTestServer(options);
    const { executablePath, env } = await findBrowser();
    browser = await chromium.launch({
      executablePath,
      headless: process.env.HEADED !== '1',
      args: browserArguments,
      env: { ...process.env, ...env, LC_ALL: 'C.UTF-8' }, // else a bare machine's Chromium drops Chinese file names
    });
  });
  afterEach(async ({ task }) => {
    const unexpected = troubles
      .map(({ text, url }) => `${text} (${url})`)
      .filter((trouble) => !expected.some((pattern) => pattern.test(trouble)));
    if (task.result?.state === 'fail' || unexpected.length > 0) {
      const evidence = await Promise.all(contexts.map((context) => keepEvidence(context, task.name)));
      process.stderr.write(`What the browser showed: ${evidence.flat().join(', ')}\n`);
    }
    await Promise.all(contexts.map((context) => context.close()));
    troubles = [];
    expected = [];
    expect(unexpected).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  return {
    get server() {
      return running().server;
    },
    open: async (path, { cookie = running().server.api.cookie, ...look } = {}) => {
      const context = await running().browser.newContext(describeVisitor(look));
      contexts.push(context);
      context.on('close', () => {
        contexts = contexts.filter((other) => other !== context); // it has nothing left to show
      });
      context.setDefaultTimeout(60_000);
      await startRecording(context);
      const { url } = running().server;
      const [name = '', value = ''] = cookie.split('=');
      if (cookie !== '') await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
      context.on('page', (page) => {
        watchPage(page, url, (trouble) => troubles.push(trouble));
        followRequests(page);
      });
      const page = await context.newPage();
      await page.goto(url + path);
      return page;
    },
    expectTrouble: (...patterns) => void expected.push(...patterns),
  };
}

function describeVisitor({
  locale = 'zh-CN',
  viewport = wide,
  colorScheme = 'light',
  reducedMotion = 'no-preference',
  ...rest
}: Omit<Visitor, 'cookie'>) {
  return {
    locale,
    viewport,
    colorScheme,
    reducedMotion,
    timezoneId: 'Asia/Shanghai',
    ...rest,
  } satisfies BrowserContextOptions;
}

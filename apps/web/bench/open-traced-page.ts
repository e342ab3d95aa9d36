import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../e2e/support/find-browser.ts';

/** What the main thread of a page did. */
export interface MainThread {
  /** Milliseconds of processor time. */
  totalMs: number;
  longestMs: number;
}

export interface TracedPage {
  page: Page;
  /** What the main thread does until `act` has ended, by the browser's own trace. */
  trace(act: () => Promise<unknown>): Promise<MainThread>;
  /** From each key or click since the last look to the picture that answers it, by the browser’s event timing. */
  takeInteractions(): Promise<number[]>;
}

export interface TracedBrowser {
  open(path: string): Promise<TracedPage>;
  close(): Promise<void>;
}

// Run in the page: every interaction with how long it took, as INP is made of.
const recordInteractions = `
  window.interactions = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId > 0) window.interactions.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 });`;

/** A browser that is signed in to the console. */
export async function openTracedBrowser(url: string, sessionCookie: string): Promise<TracedBrowser> {
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
    env: { ...process.env, ...env },
  });
  const contexts: BrowserContext[] = [];
  return {
    open: async (path) => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
      });
      contexts.push(context);
      const [name = '', value = ''] = sessionCookie.split('=');
      await context.addCookies([{ name, value, url }]);
      await context.addInitScript(recordInteractions);
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await page.goto(url + path);
      return {
        page,
        trace: (act) => trace(session, act),
        takeInteractions: () => page.evaluate('window.interactions.splice(0)'),
      };
    },
    close: async () => {
      for (const context of contexts) await context.close();
      await browser.close();
    },
  };
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds on the clock, and of processor time. */
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

async function trace(session: CDPSession, act: () => Promise<unknown>): Promise<MainThread> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: unknown[] }) => void events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
    transferMode: 'ReportEvents',
  });
  await act();
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', collect);
  return sumMainThread(events);
}

/** Of several pages' main threads the busiest is that of the page that was used. */
function sumMainThread(events: readonly TraceEvent[]): MainThread {
  const isMain = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}:${tid}`),
  );
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && name === 'RunTask' && isMain.has(`${pid}:${tid}`),
  );
  const threads = [...Map.groupBy(tasks, ({ pid }) => pid).values()].map((own) => {
    const times = own.map(({ tdur, dur = 0 }) => (tdur ?? dur) / 1_000);
    return { totalMs: times.reduce((sum, time) => sum + time, 0), longestMs: Math.max(...times) };
  });
  return threads.toSorted((a, b) => b.totalMs - a.totalMs)[0] ?? { totalMs: 0, longestMs: 0 };
}

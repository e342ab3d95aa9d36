import type { Page } from 'playwright-core';
import type { TracedBrowser } from './open-traced-page.ts';

/** A search box, and what is typed into it. */
interface Search {
  name: string;
  path: string;
  /** Leads to the box. */
  reach: (page: Page) => Promise<void>;
  words: readonly string[];
}

/** What one letter costs. */
export interface SearchCost {
  name: string;
  /** Main thread per letter of words that are typed at 150 ms a key, with everything that they find. */
  perLetterMs: number;
  /** The same at 450 ms a key, so that each letter is searched for. */
  perSearchMs: number;
  longestTaskMs: number;
  /** Of all letters, from the key to the picture. */
  slowestInteractionMs: number;
}

const keyIntervalMs = { fast: 150, slow: 450 };
/** Longer than a search waits for the next letter and the server for its hits. */
const settledAfterMs = 1_000;

const reachBox = (label: string) => async (page: Page) => {
  await page.getByLabel(label, { exact: true }).first().click();
};

/** Every search of the console that an admin types into. */
const listSearches = (runId: string): Search[] => [
  {
    name: 'Members of the org page',
    path: '/system/org',
    reach: reachBox('搜索姓名、账号、手机号'),
    words: ['zhang', '王芳', 'u1495'],
  },
  {
    name: 'Tree of departments',
    path: '/system/org',
    reach: reachBox('搜索部门'),
    words: ['华东研发', 'yanfa', '4999'],
  },
  {
    name: 'Command palette',
    path: '/system/org',
    reach: async (page) => {
      await page.locator('tbody .om-member').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
    },
    words: ['zhang', '研发', 'tongbu'],
  },
  {
    name: 'Org chart',
    path: '/system/org/chart',
    reach: reachBox('查找部门'),
    words: ['华东研发', 'yanfa', '4999'],
  },
  {
    name: 'Changes of a run',
    path: `/system/sync-runs/${runId}`,
    reach: reachBox('搜索名称或编号'),
    words: ['研发', 'u1495'],
  },
  { name: 'History', path: '/system/sync-runs', reach: reachBox('发起人'), words: ['admin'] },
  { name: 'Audit log', path: '/system/audit', reach: reachBox('操作人（全名）'), words: ['admin'] },
  { name: 'Events', path: '/system/events', reach: reachBox('搜索账号或部门编号'), words: ['u1495'] },
];

/** Types into every search, and measures what the letters cost. */
export async function measureSearches(browser: TracedBrowser, runId: string): Promise<SearchCost[]> {
  const costs: SearchCost[] = [];
  for (const search of listSearches(runId)) costs.push(await measureSearch(browser, search));
  return costs;
}

async function measureSearch(browser: TracedBrowser, search: Search): Promise<SearchCost> {
  const { page, trace, takeInteractions } = await browser.open(search.path);
  await search.reach(page);
  await typeWord(page, 'a', keyIntervalMs.slow); // what is compiled at its first use is no cost of a letter
  await takeInteractions();
  const letters = search.words.join('').length;
  const typeAll = async (intervalMs: number) => {
    for (const word of search.words) await typeWord(page, word, intervalMs);
  };
  const fast = await trace(() => typeAll(keyIntervalMs.fast));
  const slow = await trace(() => typeAll(keyIntervalMs.slow));
  const interactions = await takeInteractions();
  await page.context().close();
  return {
    name: search.name,
    perLetterMs: fast.totalMs / letters,
    perSearchMs: slow.totalMs / letters,
    longestTaskMs: Math.max(fast.longestMs, slow.longestMs),
    slowestInteractionMs: Math.max(0, ...interactions),
  };
}

/** Types a word, letter by letter, over the one that is there. */
async function typeWord(page: Page, word: string, intervalMs: number): Promise<void> {
  await page.keyboard.press('Control+a');
  for (const letter of word) {
    if (/[ -~]/.test(letter)) await page.keyboard.press(letter);
    else await page.keyboard.insertText(letter);
    await page.waitForTimeout(intervalMs);
  }
  await page.waitForTimeout(settledAfterMs);
}

// Run in the page: clicks a row of the tree, and tells how long its members took; null for a row without any.
const chooseDepartment = (row: number) => `new Promise((resolve) => {
  const element = document.querySelectorAll('.om-tree-row')[${row}];
  if (!element || element.querySelector('.om-tree-count')?.textContent === '0') return resolve(null);
  const name = element.querySelector('.om-tree-name').textContent;
  const startedAt = performance.now();
  element.click();
  const look = () => {
    const title = document.querySelector('.om-members h2')?.textContent;
    const isThere = title === name && document.querySelector('.om-members .om-table[aria-busy="false"]');
    if (isThere) resolve(performance.now() - startedAt);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})`;

/** Milliseconds from the click on a department of the tree to its members, of as many as are in sight. */
export async function measureDepartments(browser: TracedBrowser): Promise<number[]> {
  const { page } = await browser.open('/system/org');
  await page.locator('tbody .om-member').first().waitFor();
  for (let opened = 0; opened < 4; opened += 1)
    await page.locator('.ant-tree-switcher_close').first().click();
  const times: number[] = [];
  const rows = await page.locator('.om-tree-row').count();
  for (let row = 2; row < rows; row += 1) {
    const time: number | null = await page.evaluate(chooseDepartment(row));
    if (time !== null) times.push(time);
  }
  await page.context().close();
  return times.slice(1); // the first one compiles
}

/** What a pan over the chart, with everything unfolded, looks like. */
export interface ChartPan {
  /** Milliseconds of each frame. */
  frames: number[];
  /** Cards in the document while it is panned. */
  cards: number;
}

const recordFrames = `
  window.frames_ = [];
  (function record(last) {
    requestAnimationFrame((now) => { window.frames_.push(now - last); record(now); });
  })(performance.now());`;

/** Drags the chart to and fro. */
export async function measureChartPan(browser: TracedBrowser): Promise<ChartPan> {
  const { page } = await browser.open('/system/org/chart');
  await page.getByRole('button', { name: '全部展开' }).click();
  await page.locator('.om-chart-card[aria-expanded="false"]').first().waitFor({ state: 'detached' });
  for (let zoomed = 0; zoomed < 4; zoomed += 1) await page.getByRole('button', { name: '缩小' }).click();
  await page.waitForTimeout(settledAfterMs);
  await page.mouse.move(900, 600);
  await page.mouse.down();
  await page.evaluate(recordFrames);
  for (let step = 0; step < 120; step += 1)
    await page.mouse.move(900 + 250 * Math.sin(step / 8), 600 + 60 * Math.sin(step / 5));
  const frames: number[] = await page.evaluate('window.frames_.slice(1)');
  const cards = await page.locator('.om-chart-card').count();
  await page.mouse.up();
  await page.context().close();
  return { frames, cards };
}

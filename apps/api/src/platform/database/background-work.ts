import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlCommenterPlugin } from '@prisma/client/runtime/client';

const background = new AsyncLocalStorage<true>();

/** Runs work that the clock starts, no request and no job: its statements carry a comment that says so. */
export const runInBackground = <Result>(work: () => Result): Result => background.run(true, work);

/** The comment `work='background'` at the end of a statement; `pg_stat_activity` shows it, too. */
export const commentBackgroundWork: SqlCommenterPlugin = () =>
  background.getStore() === undefined ? {} : { work: 'background' };

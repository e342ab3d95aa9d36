import { common } from './common.ts';
import { history } from './history.ts';
import { org } from './org.ts';
import { shell } from './shell.ts';
import { sync } from './sync.ts';

/** The console’s texts in Chinese, the first language, but for those that come with their pages. */
export const messages = { common, shell, org, sync, history };

import type { ShellMessages } from '../zh-CN/messages.ts';
import { changes } from './changes.ts';
import { common } from './common.ts';
import { org } from './org.ts';
import { shell } from './shell.ts';
import { sync } from './sync.ts';

/** The console’s texts in English, but for those that come with their pages. */
export const messages: ShellMessages = { common, shell, changes, org, sync };

import type { Messages } from '../messages.ts';
import { audit } from './audit.ts';
import { common } from './common.ts';
import { history } from './history.ts';
import { org } from './org.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { sync } from './sync.ts';

/** Every text of the console in English. */
export const messages: Messages = { common, shell, settings, org, sync, history, audit };

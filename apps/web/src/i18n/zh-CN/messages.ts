import type { administrators } from './administrators.ts';
import type { attributes } from './attributes.ts';
import type { audit } from './audit.ts';
import type { authentication } from './authentication.ts';
import type { events } from './events.ts';
import type { exports } from './exports.ts';
import type { history } from './history.ts';
import type { messages as zhCN } from './index.ts';
import type { me } from './me.ts';
import type { members } from './members.ts';
import type { notices } from './notices.ts';
import type { overview } from './overview.ts';
import type { palette } from './palette.ts';
import type { settings } from './settings.ts';

/** The same keys, any text. */
type Widen<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };

/** The texts that come with the shell, and those that come with their pages. */
export interface AllTexts extends ShellTexts {
  readonly administrators: typeof administrators;
  readonly attributes: typeof attributes;
  readonly audit: typeof audit;
  readonly history: typeof history;
  readonly me: typeof me;
  readonly members: typeof members;
  readonly overview: typeof overview;
  readonly settings: typeof settings;
  readonly authentication: typeof authentication;
  readonly events: typeof events;
  readonly exports: typeof exports;
  readonly notices: typeof notices;
  readonly palette: typeof palette;
}
type ShellTexts = typeof zhCN;

/** What every language must say: the keys of the Chinese texts. */
export type Messages = Widen<AllTexts>;
/** {@link Messages} without the texts that come with their pages. */
export type ShellMessages = Pick<Messages, keyof ShellTexts>;

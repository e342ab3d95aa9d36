import type { messages as zhCN } from './zh-CN/index.ts';

/** The same keys, any text. */
type Widen<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };

/** What every language must say: the keys of the Chinese texts. */
export type Messages = Widen<typeof zhCN>;

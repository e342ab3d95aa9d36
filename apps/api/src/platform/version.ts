import { readFileSync } from 'node:fs';
import * as z from 'zod';

const text = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');

/** Of this release: the one in package.json. */
export const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));

import {
  type ConnectionCheck,
  type ConnectionTest,
  connectionCheck,
  connectionTest,
  instant,
} from '@orgmirror/contracts';
import * as z from 'zod';
import { checkFailure, presentFailure } from '../connection/present-failure.ts';
import type { Prisma } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';
import { checkTextNames, checkTexts } from './check-texts.ts';

const ownOutcome = z.object({
  status: connectionCheck.shape.status,
  text: z.enum(checkTextNames),
  /** Fills the text's `{value}`: how many, or the app's name. */
  value: z.union([z.string(), z.number()]).optional(),
  remedy: z.enum(checkTextNames).optional(),
});
const outcome = z.union([ownOutcome, checkFailure]);

/** How a step went: one of our own texts, or a failure in WeCom's terms. */
export type CheckOutcome = z.infer<typeof outcome>;

/** The result of a connection test before it is worded in a language; this is what is kept. */
const checkedConnection = connectionTest.extend({
  checks: z.array(z.intersection(z.object({ id: connectionCheck.shape.id }), outcome)),
});
export type CheckedConnection = z.infer<typeof checkedConnection>;

/** Earlier versions stored the sentences in the language of the request: those are shown as they are. */
const keptTest = z.union([checkedConnection.extend({ at: instant }), connectionTest.extend({ at: instant })]);

/** The kept result in the reader's language. */
export function presentLastTest(
  kept: Prisma.JsonValue,
  locale: Locale,
): (ConnectionTest & { at: string }) | null {
  if (kept === null) return null;
  const { checks, ...rest } = keptTest.parse(kept);
  const present = (check: (typeof checks)[number]) =>
    'message' in check ? check : presentCheck(check, locale);
  return { ...rest, checks: checks.map(present) };
}

/** A result in the reader's language. */
export function presentTest({ checks, ...rest }: CheckedConnection, locale: Locale): ConnectionTest {
  return { ...rest, checks: checks.map((check) => presentCheck(check, locale)) };
}

function presentCheck(check: CheckedConnection['checks'][number], locale: Locale): ConnectionCheck {
  const { id } = check;
  if ('localised' in check) return { id, ...presentFailure(check, locale) };
  const { status, text, value = '', remedy } = check;
  const message = checkTexts[locale][text].replace('{value}', () => String(value));
  return { id, status, message, ...(remedy && { remedy: checkTexts[locale][remedy] }) };
}

import * as z from 'zod';
import { role } from '../common.ts';
import { ruleTexts } from '../rule-texts.ts';

const usernamePattern = /^[\p{L}\p{N}._@-]+$/u;

/** Username of a local account; compared without case. */
export const username = z
  .string()
  .trim()
  .min(1)
  .max(64)
  // A refinement: the patterns of JSON Schema have no flag that gives `\p{L}` its meaning.
  .refine((text) => usernamePattern.test(text), ruleTexts.username.en)
  .describe('Letters, digits and . _ @ -; compared without case.');

/** Password of a local account: at least 12 characters. */
export const password = z.string().min(12).max(200);

/** The user that a session belongs to. */
export const signedInUser = z
  .object({
    id: z.string(),
    displayName: z.string(),
    role,
    kind: z.enum(['local', 'member']),
    wecomUserId: z.string().optional(),
  })
  .meta({ id: 'SignedInUser', description: 'The user that a session belongs to.' });
/** Value of {@link signedInUser}. */
export type SignedInUser = z.infer<typeof signedInUser>;

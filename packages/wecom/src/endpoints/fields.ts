import { z } from 'zod';

/**
 * Required identifier or duration: an integer of at least 1; private editions may send it as a decimal
 * string.
 */
export const requiredPositiveInteger = z.union([
  z.int().min(1),
  z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number)
    .pipe(z.int().min(1)),
]);

/**
 * WeCom allows 64 bytes; private editions may allow more, but a longer text is no userid and fits no index.
 */
const MAX_USERID_LENGTH = 512;

/**
 * Required userid: any non-empty text; WeCom's allowed characters grew over the years, so none is refused.
 * Private editions may send one of digits as a number.
 */
export const requiredUserid = z
  .union([z.string(), z.int().transform(String)])
  .pipe(z.string().min(1).max(MAX_USERID_LENGTH));

import * as z from 'zod';

const schema = z.object({
  goneAt: z.string().optional(),
  goneRunId: z.string().nullable().optional(),
  path: z.string().optional(),
});

/** How a row that was gone stood there before it was restored; apply notes it with the change, see keep-former-marks.ts. */
export type FormerMarks = z.infer<typeof schema>;

/** Reads the marks from what a stored change keeps beside WeCom's fields. */
export const parseFormerMarks = (derived: unknown): FormerMarks => schema.parse(derived ?? {});

/** Whether the stored change gave the member another userid. */
export const isRename = (derived: unknown): boolean =>
  z.object({ renamedFrom: z.string() }).safeParse(derived).success;

import * as z from 'zod';

const schema = z.object({
  goneAt: z.string().optional(),
  goneRunId: z.string().nullable().optional(),
  path: z.string().optional(),
});

/**
 * What a removed row was before it was restored; apply stores it with the change, see record-tombstones.ts.
 * The names of the fields are those of stored changes.
 */
export type Tombstone = z.infer<typeof schema>;

/** Reads the tombstone from what a stored change has beside WeCom's fields. */
export const parseTombstone = (derived: unknown): Tombstone => schema.parse(derived ?? {});

/** Whether the stored change gave the member another userid. */
export const isRename = (derived: unknown): boolean =>
  z.object({ renamedFrom: z.string() }).safeParse(derived).success;

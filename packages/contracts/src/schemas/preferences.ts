import * as z from 'zod';

/** How a user wants the list of members: columns in order, and how high rows are. */
export const memberListPreference = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        key: z.string().min(1).max(40),
        isShown: z.boolean(),
        /** Stays in sight at the left while the others scroll. */
        isPinned: z.boolean(),
        /** Pixels; null: as the console has it. */
        width: z.number().int().min(60).max(800).nullable(),
      }),
    )
    .max(30),
  density: z.enum(['standard', 'compact']),
});
/** Value of {@link memberListPreference}. */
export type MemberListPreference = z.infer<typeof memberListPreference>;

/** A name for what the list of members shows. */
export const savedView = z.strictObject({
  name: z.string().trim().min(1).max(40),
  /** Query of the address: department, filters, order. */
  search: z.string().max(500),
  columns: memberListPreference.shape.columns,
});
/** Value of {@link savedView}. */
export type SavedView = z.infer<typeof savedView>;

/** A page, command, department or member that was chosen in the command palette. */
export const recentTarget = z.strictObject({
  kind: z.enum(['page', 'command', 'department', 'member']),
  /** Path of the page, name of the command, id of the department, userid of the member. */
  key: z.string().min(1).max(200),
});
/** Value of {@link recentTarget}. */
export type RecentTarget = z.infer<typeof recentTarget>;

/** What a user has set for the console; null: not set. */
export const preferences = z
  .strictObject({
    memberList: memberListPreference.nullable(),
    memberViews: z
      .array(savedView)
      .max(20)
      .refine((views) => new Set(views.map(({ name }) => name)).size === views.length, 'Names must differ')
      .nullable(),
    recentTargets: z
      .array(recentTarget)
      .max(20)
      .nullable()
      .describe('What was chosen in the command palette, the latest first.'),
  })
  .meta({ id: 'Preferences', description: 'What a user has set for the console; null: not set.' });
/** Value of {@link preferences}. */
export type Preferences = z.infer<typeof preferences>;

import * as z from 'zod';
import { instant, role } from '../common.ts';

/** A link that sets the password of a local account, shown to the admin once. */
export const passwordResetLink = z
  .object({
    /** To hand to the owner of the account, by another way than this console. */
    url: z.string(),
    expiresAt: instant,
  })
  .meta({
    id: 'PasswordResetLink',
    description: 'A link that sets the password of a local account, shown to the admin once.',
  });
/** Value of {@link passwordResetLink}. */
export type PasswordResetLink = z.infer<typeof passwordResetLink>;

/** Somebody who may see the console: a local account, or a member with the role of admin or auditor. */
export const administrator = z
  .object({
    /** `local` signs in with a password, `member` with WeCom. */
    kind: z.enum(['local', 'member']),
    id: z.string(),
    displayName: z.string(),
    /** Of a member. */
    wecomUserId: z.string().nullable(),
    role,
    /** False: cannot sign in, because an admin or WeCom disabled them, or they have left. */
    enabled: z.boolean(),
    /** The latest use of a session, or else the latest sign-in in the audit log; null when there is neither. */
    lastSeenAt: instant.nullable(),
    /** Until when a link waits to set the password of the account; null when there is none. */
    resetUntil: instant.nullable(),
    createdAt: instant,
  })
  .meta({
    id: 'Administrator',
    description:
      'Somebody who may see the console: a local account, or a member with the role of admin or auditor.',
  });
/** Value of {@link administrator}. */
export type Administrator = z.infer<typeof administrator>;

import * as z from 'zod';
import { instant } from '../common.ts';
import { authorisableFields, memberDetail } from './directory.ts';
import { signedInUser } from './session.ts';

/** Consent of a member to give sensitive fields at sign-in, and the fields given. */
export const consent = z
  .object({
    /** Null: the member was never asked. */
    decision: z.enum(['agreed', 'declined', 'withdrawn']).nullable(),
    decidedAt: instant.nullable(),
    /** Whether the enabled authentication provider asks for sensitive fields. */
    available: z.boolean(),
    /**
     * Fields that the member gave at sign-in, masked; gender as `male` or `female`, the avatar as its URL.
     */
    fields: z.array(
      z.object({ field: z.enum(authorisableFields), value: z.string(), authorisedAt: instant }),
    ),
  })
  .meta({
    id: 'Consent',
    description: 'Consent of a member to give sensitive fields at sign-in, and the fields given.',
  });
/** Value of {@link consent}. */
export type Consent = z.infer<typeof consent>;

/** The signed-in user with profile and consent. */
export const me = z
  .object({
    user: signedInUser,
    /** Null for a local account. */
    member: memberDetail.nullable(),
    authorisation: consent.nullable(),
  })
  .meta({ id: 'Me', description: 'The signed-in user with profile and consent.' });
/** Value of {@link me}. */
export type Me = z.infer<typeof me>;

/** One session of the signed-in user. */
export const sessionSummary = z
  .object({
    id: z.string(),
    /** The session that sends the request. */
    current: z.boolean(),
    createdAt: instant,
    lastSeenAt: instant,
    expiresAt: instant,
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'SessionSummary', description: 'One session of the signed-in user.' });
/** Value of {@link sessionSummary}. */
export type SessionSummary = z.infer<typeof sessionSummary>;

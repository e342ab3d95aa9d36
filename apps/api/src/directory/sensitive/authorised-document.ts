import { authorisableFields } from '@orgmirror/contracts';
import * as z from 'zod';
import { sealContexts } from '../../platform/sealed-columns.ts';
import { SealedValueError, type SecretBox } from '../../platform/secret-box.ts';

export type AuthorisedField = (typeof authorisableFields)[number];

/**
 * What one member gave by OAuth2 sign-in, each with the time; what was never given is absent, and nothing is
 * ''.
 */
export type AuthorisedDocument = Partial<Record<AuthorisedField, { value: string; at: string }>>;

const schema = z.partialRecord(
  z.enum(authorisableFields),
  z.object({ value: z.string(), at: z.iso.datetime() }),
);

export const sealAuthorisedDocument = (secretBox: SecretBox, document: AuthorisedDocument) =>
  secretBox.seal(JSON.stringify(document), sealContexts.memberAuthorised);

/**
 * Opens a document; one that was sealed with another APP_SECRET reads as "never given", until the member
 * gives it again.
 */
export function openAuthorisedDocument(secretBox: SecretBox, sealed: Uint8Array): AuthorisedDocument {
  try {
    return schema.parse(JSON.parse(secretBox.open(sealed, sealContexts.memberAuthorised)));
  } catch (error) {
    if (error instanceof SealedValueError) return {};
    throw error;
  }
}

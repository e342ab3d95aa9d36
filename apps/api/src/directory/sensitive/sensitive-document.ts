import * as z from 'zod';
import { sealContexts } from '../../platform/sealed-columns.ts';
import { SealedValueError, type SecretBox } from '../../platform/secret-box.ts';
import { type SensitiveFieldName, sensitiveFieldNames } from './sensitive-fields.ts';

/** Sensitive fields of one member; a field that is absent was never visible, '' is empty. */
export type SensitiveDocument = Partial<Record<SensitiveFieldName, string>>;

const schema = z.partialRecord(z.enum(sensitiveFieldNames as [SensitiveFieldName]), z.string());

export const sealSensitiveDocument = (secretBox: SecretBox, document: SensitiveDocument) =>
  secretBox.seal(JSON.stringify(document), sealContexts.memberContacts);

/**
 * Opens a document; one that was sealed with another APP_SECRET reads as "never visible", until a sync writes
 * it again.
 */
export function openSensitiveDocument(secretBox: SecretBox, sealed: Uint8Array): SensitiveDocument {
  try {
    return schema.parse(JSON.parse(secretBox.open(sealed, sealContexts.memberContacts)));
  } catch (error) {
    if (error instanceof SealedValueError) return {};
    throw error;
  }
}

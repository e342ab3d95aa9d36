import * as z from 'zod';
import type { SecretBox } from './secret-box.ts';
import { type SensitiveFieldName, sensitiveFieldNames } from './sensitive-fields.ts';

/** Sensitive fields of one member; a field that is absent was never visible, '' is empty. */
export type SensitiveDocument = Partial<Record<SensitiveFieldName, string>>;

const context = 'member-sensitive';
const schema = z.partialRecord(z.enum(sensitiveFieldNames as [SensitiveFieldName]), z.string());

export const sealSensitiveDocument = (secretBox: SecretBox, document: SensitiveDocument) =>
  secretBox.seal(JSON.stringify(document), context);

export const openSensitiveDocument = (secretBox: SecretBox, sealed: Uint8Array): SensitiveDocument =>
  schema.parse(JSON.parse(secretBox.open(sealed, context)));

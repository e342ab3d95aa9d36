import type { MemberDetail } from '@orgmirror/contracts';
import type { MemberSensitive } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { type AuthorisedField, openAuthorisedDocument } from './authorised-document.ts';
import { openSensitiveDocument } from './sensitive-document.ts';

/** A member's sealed documents, one a source. */
export interface StoredSensitive {
  sensitive: readonly Pick<MemberSensitive, 'source' | 'sealed' | 'updatedAt'>[];
}

/** A value with where it comes from and since when it is known. '' is known to be empty. */
export interface SensitiveValue {
  value: string;
  source: MemberDetail['sensitiveFields'][number]['source'];
  at: Date;
}

export type SensitiveValues = Partial<Record<AuthorisedField, SensitiveValue>>;

const inContacts = {
  mobile: 'mobile',
  email: 'email',
  bizMail: 'bizMail',
  qrCode: 'qrCodeUrl',
  address: 'address',
} as const;

/**
 * A member's sensitive fields from both sources: what a sync read first, for the rest what the member gave at
 * sign-in. An empty field gives way to one that the member gave. Avatar and gender of contacts are plain
 * columns, and stand here only when the member gave them.
 */
export function readSensitiveValues({ sensitive }: StoredSensitive, secretBox: SecretBox): SensitiveValues {
  const values: SensitiveValues = {};
  const bySource = new Map(sensitive.map((stored) => [stored.source, stored]));
  const authorised = bySource.get('authorised');
  const given = authorised ? openAuthorisedDocument(secretBox, authorised.sealed) : {};
  for (const [field, known] of Object.entries(given) as [AuthorisedField, { value: string; at: string }][])
    values[field] = { value: known.value, source: 'authorised', at: new Date(known.at) };
  const contacts = bySource.get('contacts');
  const read = contacts ? openSensitiveDocument(secretBox, contacts.sealed) : {};
  for (const [field, name] of Object.entries(inContacts) as [keyof typeof inContacts, 'mobile'][]) {
    const value = read[name];
    if (contacts && value !== undefined && (value !== '' || values[field] === undefined))
      values[field] = { value, source: 'contacts', at: contacts.updatedAt };
  }
  return values;
}

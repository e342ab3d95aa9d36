import { authorisableFields, type Consent, consent } from '@orgmirror/contracts';
import { presentAvatar, presentGender } from '../../directory/members/present-fields.ts';
import type { AuthorisedDocument, AuthorisedField } from '../../directory/sensitive/authorised-document.ts';
import { maskValue } from '../../directory/sensitive/sensitive-fields.ts';
import type { StoredConsent } from './consent-repository.ts';

/** What the member decided and gave, as they themselves see it: masked like everywhere. */
export function presentConsent(
  { decision, decidedAt }: StoredConsent,
  document: AuthorisedDocument,
  available: boolean,
): Consent {
  return {
    decision: consent.shape.decision.parse(decision),
    decidedAt: decidedAt?.toISOString() ?? null,
    available,
    fields: authorisableFields.flatMap((field) => {
      const known = document[field];
      return known ? [{ field, value: presentValue(field, known.value), authorisedAt: known.at }] : [];
    }),
  };
}

function presentValue(field: AuthorisedField, value: string): string {
  if (field === 'avatar') return presentAvatar(value) ?? '';
  if (field === 'gender') return presentGender(value) ?? '';
  return maskValue(field === 'qrCode' ? 'qrCodeUrl' : field, value);
}

import type { WecomUserDetail } from '@orgmirror/wecom';
import {
  type AuthorisedDocument,
  type AuthorisedField,
  openAuthorisedDocument,
  sealAuthorisedDocument,
} from '../../directory/sensitive/authorised-document.ts';
import type { Now } from '../../platform/clock.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { findConsent, storeConsent } from './consent-repository.ts';

const wecomNames: Record<AuthorisedField, keyof WecomUserDetail> = {
  avatar: 'avatar',
  gender: 'gender',
  mobile: 'mobile',
  email: 'email',
  bizMail: 'biz_mail',
  qrCode: 'qr_code',
  address: 'address',
};

/**
 * Stores the fields that a member gave at sign-in, each with the time: only those that are not empty, so that
 * no known value is overwritten. Nothing is stored of a member who had declined or withdrawn, unless they
 * asked for it themselves (`overridesRefusal`).
 * @returns the fields that were stored
 */
export async function storeAuthorisedFields(
  { prisma, secretBox, now }: { prisma: PrismaClient; secretBox: SecretBox; now: Now },
  memberId: number,
  detail: WecomUserDetail,
  { overridesRefusal }: { overridesRefusal: boolean },
): Promise<AuthorisedField[]> {
  const at = now();
  const consented = pickConsentedFields(detail, at);
  const fields = Object.keys(consented) as AuthorisedField[]; // pickConsentedFields makes no others
  if (fields.length === 0) return [];
  for (;;) {
    const { sealed: before } = await findConsent(prisma, memberId);
    const known = before ? openAuthorisedDocument(secretBox, before) : {};
    const after = sealAuthorisedDocument(secretBox, { ...known, ...consented });
    const outcome = await storeConsent(prisma, memberId, { before, after, at, overridesRefusal });
    if (outcome !== 'outdated') return outcome === 'stored' ? fields : [];
  }
}

function pickConsentedFields(detail: WecomUserDetail, at: Date): AuthorisedDocument {
  const consented = Object.entries(wecomNames).flatMap(([field, name]) => {
    const value = detail[name] ?? '';
    const isEmpty = value.trim() === '' || (field === 'gender' && !['1', '2'].includes(value));
    return isEmpty ? [] : [[field, { value, at: at.toISOString() }] as const];
  });
  return Object.fromEntries(consented);
}

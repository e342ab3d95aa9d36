import type { WecomUserDetail } from '@orgmirror/wecom';
import {
  type AuthorisedDocument,
  type AuthorisedField,
  openAuthorisedDocument,
  sealAuthorisedDocument,
} from '../../directory/sensitive/authorised-document.ts';
import { digestMobile } from '../../directory/sensitive/mobile-digest.ts';
import type { Now } from '../../platform/clock.ts';
import type { Prisma, PrismaClient } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
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
 * Keeps the fields that a member gave at sign-in, each with the time: only what came and is not empty, so
 * that nothing known is overwritten by nothing. Nothing is kept of a member who had declined or withdrawn,
 * unless they asked for it themselves (`overridesRefusal`). What is kept is written down by `record` in the
 * same transaction.
 */
export async function storeAuthorisedFields(
  { prisma, secretBox, now }: { prisma: PrismaClient; secretBox: SecretBox; now: Now },
  {
    memberId,
    detail,
    overridesRefusal,
  }: { memberId: number; detail: WecomUserDetail; overridesRefusal: boolean },
  record: (transaction: Prisma.TransactionClient, fields: AuthorisedField[]) => Promise<void>,
): Promise<void> {
  const at = now();
  const consented = pickConsentedFields(detail, at);
  const fields = Object.keys(consented) as AuthorisedField[]; // pickConsentedFields makes no others
  if (fields.length === 0) return;
  for (;;) {
    const { sealed: before } = await findConsent(prisma, memberId);
    const known = before ? openAuthorisedDocument(secretBox, before) : {};
    const fieldsAfter = { ...known, ...consented };
    const after = sealAuthorisedDocument(secretBox, fieldsAfter);
    const mobileDigest = digestMobile(secretBox, fieldsAfter.mobile?.value);
    const outcome = await prisma.$transaction(async (transaction) => {
      const stored = await storeConsent(transaction, memberId, {
        ...{ before, after, mobileDigest, at, overridesRefusal },
      });
      if (stored === 'stored') await record(transaction, fields);
      return stored;
    }, transactionTimeouts);
    if (outcome !== 'outdated') return;
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

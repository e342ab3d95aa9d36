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
import { findGiven, storeGiven } from './authorisation-repository.ts';

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
 * Keeps the fields that a member gave at sign-in, each with the time: only what came and is not empty, so that
 * nothing known is overwritten by nothing. Nothing is kept of a member who had declined or withdrawn, unless they
 * asked for it themselves (`overrules`).
 * @returns the fields that were kept
 */
export async function takeAuthorisedFields(
  { prisma, secretBox, now }: { prisma: PrismaClient; secretBox: SecretBox; now: Now },
  memberId: number,
  detail: WecomUserDetail,
  { overrules }: { overrules: boolean },
): Promise<AuthorisedField[]> {
  const at = now();
  const given = pickGiven(detail, at);
  const fields = Object.keys(given) as AuthorisedField[]; // pickGiven makes no others
  if (fields.length === 0) return [];
  for (;;) {
    const { sealed: before } = await findGiven(prisma, memberId);
    const known = before ? openAuthorisedDocument(secretBox, before) : {};
    const after = sealAuthorisedDocument(secretBox, { ...known, ...given });
    const outcome = await storeGiven(prisma, memberId, { before, after, at, overrules });
    if (outcome !== 'outdated') return outcome === 'stored' ? fields : [];
  }
}

function pickGiven(detail: WecomUserDetail, at: Date): AuthorisedDocument {
  const given = Object.entries(wecomNames).flatMap(([field, name]) => {
    const value = detail[name] ?? '';
    const isEmpty = value.trim() === '' || (field === 'gender' && !['1', '2'].includes(value));
    return isEmpty ? [] : [[field, { value, at: at.toISOString() }] as const];
  });
  return Object.fromEntries(given);
}

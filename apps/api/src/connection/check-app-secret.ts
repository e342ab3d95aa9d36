import type { PrismaClient } from '../platform/database/generated/client.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import { SealedValueError, type SecretBox } from '../platform/secret-box.ts';
import { StartupError } from '../platform/startup-error.ts';

const context = sealContexts.secretCheck;
const knownText = 'orgmirror';

/** Names a secret without telling anything of it: what `ACCEPT_APP_SECRET` is compared with. */
export const fingerprintAppSecret = (secretBox: Pick<SecretBox, 'digest'>): string =>
  secretBox.digest('app-secret', 'fingerprint').slice(0, 12);

/**
 * Refuses a process whose APP_SECRET is not the one that the database's values were encrypted with: it would fail every
 * run for all. It may be accepted on purpose: after a lost secret, the operator names the new one's fingerprint.
 * @returns `rotating` while the values are still those of FORMER_APP_SECRET; `accepted` when the secret took the place of
 * a lost one
 * @throws StartupError that names the fingerprint
 */
export async function checkAppSecret(
  prisma: PrismaClient,
  secretBox: SecretBox,
  accepted: string | undefined,
): Promise<'same' | 'rotating' | 'accepted'> {
  const sealed = await findSealed(prisma);
  const isOurs = sealed === null || canOpen(secretBox, sealed.value, sealed.context);
  if (isOurs && sealed?.context === context) return isOfFormer(secretBox, sealed.value) ? 'rotating' : 'same';
  const fingerprint = fingerprintAppSecret(secretBox);
  if (!isOurs && accepted !== fingerprint) throw refuse(fingerprint);
  if (isOurs)
    await prisma.installation.createMany({
      data: [{ secretCheck: secretBox.seal(knownText, context) }],
      skipDuplicates: true,
    });
  else await renewSecretCheck(prisma, secretBox);
  // Of two processes that start at once on a new database one was first: the other must agree with it.
  return isOurs ? checkAppSecret(prisma, secretBox, accepted) : 'accepted';
}

/** Seals the check with APP_SECRET: from now on that one is asked for. To be done when every value is sealed with it. */
export async function renewSecretCheck(
  transaction: Pick<PrismaClient, 'installation'>,
  secretBox: SecretBox,
): Promise<void> {
  const secretCheck = secretBox.seal(knownText, context);
  await transaction.installation.upsert({
    where: { id: 1 },
    create: { secretCheck },
    update: { secretCheck },
  });
}

/** Values from before there were key ids were sealed with any of the known secrets, usually the only one. */
const isOfFormer = ({ sealedPrefix }: SecretBox, sealed: Uint8Array): boolean =>
  sealed[0] === sealedPrefix[0] &&
  Buffer.compare(sealed.subarray(0, sealedPrefix.length), sealedPrefix) !== 0;

/** What tells the right secret: the value made for that, or before there was one the app's own Secret. */
async function findSealed(prisma: PrismaClient): Promise<{ value: Uint8Array; context: string } | null> {
  const installation = await prisma.installation.findUnique({ where: { id: 1 } });
  if (installation !== null) return { value: installation.secretCheck, context };
  const connection = await prisma.wecomConnection.findFirst({ select: { secretSealed: true } });
  return connection && { value: connection.secretSealed, context: sealContexts.appSecret };
}

function canOpen(secretBox: SecretBox, value: Uint8Array, sealedAs: string): boolean {
  try {
    secretBox.open(value, sealedAs);
    return true;
  } catch (error) {
    if (error instanceof SealedValueError) return false;
    throw error;
  }
}

const refuse = (fingerprint: string): StartupError =>
  new StartupError({
    zh: `APP_SECRET 与该数据库使用的不同。请改用所有进程共同的 APP_SECRET；如要更换，请以 FORMER_APP_SECRET 提供原值；如原值已丢失，以 ACCEPT_APP_SECRET=${fingerprint} 启动一次，之后需重新填写应用密钥（见 docs/operations.md）。`,
    en: `APP_SECRET is not the one that this database is encrypted with. Set the one that all its processes share; to change it, give the former one as FORMER_APP_SECRET; if that is lost, start once with ACCEPT_APP_SECRET=${fingerprint}, then enter the Secret of the app again (see docs/operations.md).`,
  });

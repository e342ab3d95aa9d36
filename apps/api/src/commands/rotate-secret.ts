import { recordAudit } from '../audit/record-audit.ts';
import { checkAppSecret } from '../connection/check-app-secret.ts';
import { rotateSecret as resealValues } from '../connection/rotate-secret.ts';
import { digestMobileIn } from '../directory/sensitive/mobile-digest.ts';
import type { Database } from '../platform/database/database.ts';
import { createSecretBox } from '../platform/secret-box.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Encrypts everything with APP_SECRET that was encrypted with FORMER_APP_SECRET, also while servers run that have both.
 * @throws StartupError when the database is of neither secret
 */
export async function rotateSecret({ config, print }: CommandContext, database: Database): Promise<void> {
  const secretBox = createSecretBox(config.appSecret, config.formerAppSecret);
  await checkAppSecret(database.prisma, secretBox, undefined);
  const digestBeside = (text: string) => digestMobileIn(secretBox, text);
  const { resealed, unreadable } = await resealValues(
    database,
    { secretBox, digestBeside },
    (transaction, rotation) =>
      recordAudit(
        transaction,
        { session: undefined, ip: null },
        { action: 'secret.rotate', after: { ...rotation } },
      ),
  );
  print(
    `已用 APP_SECRET 重新加密 ${resealed} 项内容，FORMER_APP_SECRET 不再需要。 | Encrypted ${resealed} value(s) with APP_SECRET; FORMER_APP_SECRET is no longer needed.`,
  );
  for (const [column, count] of Object.entries(unreadable))
    print(
      `${column} 中有 ${count} 项无法用这两个密钥解密，见 docs/operations.md 的 APP_SECRET 一节。 | ${count} value(s) in ${column} open with neither secret, see “APP_SECRET” in docs/operations.md.`,
    );
}

import { ruleTexts } from '@orgmirror/contracts';
import {
  findConnection,
  hasDirectory,
  type SavedConnection,
  saveConnection,
} from '../connection/wecom-connection-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { Prisma } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import { SealedValueError, type SecretBox } from '../platform/secret-box.ts';
import { clearBackoff } from '../schedule/clear-backoff.ts';

export interface WecomSettingsInput {
  corpId: string;
  agentId: number;
  secret?: string | undefined;
  contactSecret?: string | undefined;
  /** The version that the caller saw; a newer one in the database refuses the save. */
  version?: number | undefined;
  confirmCorpChange?: boolean | undefined;
}

export interface SavedSettings {
  /** Null at the first save. */
  before: SavedConnection | null;
  after: SavedConnection;
  /** Whether a secret is another one than before. */
  changed: { secretChanged: boolean; contactSecretChanged: boolean };
}

/**
 * Saves CorpID, AgentId and secrets; a secret that is left out is kept.
 * @throws AppError `settings.version_conflict`, `settings.corp_changed`, `request.invalid` without any secret
 */
export async function saveWecomSettings(
  { prisma, secretBox, now }: { prisma: Prisma.TransactionClient; secretBox: SecretBox; now: Now },
  input: WecomSettingsInput,
): Promise<SavedSettings> {
  const saved = await findConnection(prisma);
  if (input.version !== undefined && input.version !== (saved?.version ?? 0))
    throw new AppError('settings.version_conflict');
  const corpChanged = saved !== null && saved.corp.corpId !== input.corpId;
  if (corpChanged && !input.confirmCorpChange && (await hasDirectory(prisma, saved.corpRowId)))
    throw new AppError('settings.corp_changed', { values: { corpId: saved.corp.corpId } });
  const secret = sealSecret(secretBox, input, saved, now);
  const changed = {
    secretChanged: isOther(secretBox, input.secret, saved?.secretSealed, sealContexts.appSecret),
    contactSecretChanged: isOther(
      secretBox,
      input.contactSecret,
      saved?.contactSecretSealed,
      sealContexts.contactSecret,
    ),
  };
  const unchanged =
    saved !== null && !corpChanged && Number(saved.agentId) === input.agentId && !changed.secretChanged;
  const done = await saveConnection(prisma, saved?.version ?? 0, {
    corpId: input.corpId,
    agentId: input.agentId,
    ...secret,
    contactSecretSealed: sealContactSecret(secretBox, input, saved),
    sameCredentials: unchanged,
    scheduling: (saved && clearBackoff(saved, now())) ?? {}, // the admin may have solved what paused it
  });
  const after = await findConnection(prisma);
  if (!done || after === null) throw new AppError('settings.version_conflict');
  return { before: saved, after, changed };
}

/** Whether a secret was given that is not the saved one. */
function isOther(
  secretBox: SecretBox,
  given: string | undefined,
  sealed: Uint8Array | null | undefined,
  context: string,
): boolean {
  if (given === undefined) return false;
  if (sealed == null) return true;
  try {
    return secretBox.open(sealed, context) !== given;
  } catch (error) {
    if (error instanceof SealedValueError) return true; // sealed under another APP_SECRET: nobody knows
    throw error;
  }
}

function sealSecret(
  secretBox: SecretBox,
  { secret }: WecomSettingsInput,
  saved: SavedConnection | null,
  now: Now,
) {
  if (secret !== undefined)
    return { secretSealed: secretBox.seal(secret, sealContexts.appSecret), secretUpdatedAt: now() };
  if (saved === null)
    throw new AppError('request.invalid', {
      errors: [{ path: 'secret', message: ruleTexts.firstSecret }],
    });
  return { secretSealed: new Uint8Array(saved.secretSealed), secretUpdatedAt: saved.secretUpdatedAt };
}

function sealContactSecret(
  secretBox: SecretBox,
  { contactSecret }: WecomSettingsInput,
  saved: SavedConnection | null,
) {
  if (contactSecret !== undefined) return secretBox.seal(contactSecret, sealContexts.contactSecret);
  return saved?.contactSecretSealed ? new Uint8Array(saved.contactSecretSealed) : null;
}

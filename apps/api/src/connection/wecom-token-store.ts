import type { StoredToken, TokenFailure, TokenStore } from '@orgmirror/wecom';
import * as z from 'zod';
import type { Now } from '../platform/clock.ts';
import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import { SealedValueError, type SecretBox } from '../platform/secret-box.ts';

const failureSchema = z.object({
  errcode: z.number(),
  errmsg: z.string(),
  failedAt: z.iso.datetime().transform((text) => new Date(text)),
});

/**
 * Keeps WeCom's tokens in the database, encrypted, so that all processes share one a secret. The right to ask
 * for a new one is a claim with an end, not a lock: no transaction is open while WeCom answers.
 */
/** Clocks of two processes may differ by that. */
const toleranceMs = 60_000;

export function createDatabaseTokenStore({
  prisma,
  secretBox,
  now,
}: {
  prisma: PrismaClient;
  secretBox: SecretBox;
  now: Now;
}): TokenStore {
  const tokens = prisma.wecomAccessToken;
  const openToken = (sealed: Uint8Array): string | null => {
    try {
      return secretBox.open(sealed, sealContexts.accessToken);
    } catch (error) {
      if (error instanceof SealedValueError) return null; // APP_SECRET changed: get a new token
      throw error;
    }
  };
  return {
    read: async (key) => {
      const row = await tokens.findUnique({ where: { key } });
      const accessToken = row?.tokenSealed ? openToken(row.tokenSealed) : null;
      const token: StoredToken | null =
        accessToken !== null && row?.expiresAt
          ? { accessToken, expiresAt: row.expiresAt, renewAt: row.renewAt ?? renewEarly(row.expiresAt) }
          : null;
      return { token, failure: row?.failure ? failureSchema.parse(row.failure) : null };
    },
    claimRefresh: async (key, owner, leaseMs) => {
      const at = now();
      const claim = { refreshOwner: owner, refreshUntil: new Date(at.getTime() + leaseMs) };
      const { count: created } = await tokens.createMany({ data: { key, ...claim }, skipDuplicates: true });
      if (created === 1) return true;
      const isFree = {
        OR: [
          { refreshUntil: null },
          { refreshUntil: { lte: at } },
          { refreshOwner: owner },
          { refreshUntil: { gt: new Date(at.getTime() + leaseMs + toleranceMs) } }, // by a clock that was ahead
        ],
      };
      const { count } = await tokens.updateMany({ where: { key, ...isFree }, data: claim });
      return count === 1;
    },
    save: async (key, { accessToken, expiresAt, renewAt }) => {
      const data = {
        tokenSealed: secretBox.seal(accessToken, sealContexts.accessToken),
        expiresAt,
        renewAt,
        failure: Prisma.DbNull,
        refreshOwner: null,
        refreshUntil: null,
      };
      await tokens.upsert({ where: { key }, create: { key, ...data }, update: data });
    },
    discard: async (key, accessToken) => {
      const row = await tokens.findUnique({ where: { key } });
      if (!row?.tokenSealed || openToken(row.tokenSealed) !== accessToken) return;
      // Sealed values never repeat: only this very token is thrown away.
      await tokens.updateMany({
        where: { key, tokenSealed: new Uint8Array(row.tokenSealed) },
        data: { tokenSealed: null, expiresAt: null, renewAt: null },
      });
    },
    releaseRefresh: async (key, owner, failure) => {
      await tokens.updateMany({
        where: { key, refreshOwner: owner },
        data: { refreshOwner: null, refreshUntil: null, failure: presentFailure(failure) },
      });
    },
  };
}

/** Of a token that a version before 2026-11-26 stored. */
const renewEarly = (expiresAt: Date): Date => new Date(expiresAt.getTime() - 300_000);

function presentFailure(failure: TokenFailure | null) {
  if (failure === null) return Prisma.DbNull;
  return { errcode: failure.errcode, errmsg: failure.errmsg, failedAt: failure.failedAt.toISOString() };
}

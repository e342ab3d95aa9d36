import type { Now } from '../../platform/clock.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { RequestActor } from '../../platform/http/mount-endpoint.ts';
import type { LimitRate } from '../../platform/http/rate-limits.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { findMobileOwners, looksForMobile, type MobileOwner, recordFoundOwners } from './mobile-owners.ts';

interface Searcher {
  actor: RequestActor & { session: NonNullable<RequestActor['session']> };
  limitRate: LimitRate | undefined;
}

export interface MobileSearch {
  /**
   * The members whose mobile is looked for; none when the text is no full number, or is not for this user to look for.
   * @throws AppError `request.throttled`: one number after the other would tell the mobiles of all
   */
  find(corpRowId: number, q: string | undefined, searcher: Searcher): Promise<MobileOwner[]>;
  /** Writes into the audit log who was found; must come before the answer. */
  record(q: string | undefined, owners: readonly MobileOwner[], searcher: Searcher): Promise<void>;
}

/** A page and the counts beside it are several requests of one search, as is its repetition within this time. */
const oneSearchMs = 60_000;
/** Beyond this many those that are over are forgotten. */
const maxKnown = 1_000;

interface KnownSearch {
  endsAtMs: number;
  counted?: Promise<void> | undefined;
  /** By local id. */
  recorded: Map<number, Promise<void>>;
}

/** Search by mobile, which is counted and recorded as if the mobile of who is found had been revealed. */
export function createMobileSearch(dependencies: {
  prisma: PrismaClient;
  secretBox: SecretBox;
  now: Now;
}): MobileSearch {
  const { prisma, now } = dependencies;
  const known = new Map<string, KnownSearch>();
  const open = (q: string | undefined, { actor }: Searcher): KnownSearch => {
    const atMs = now().getTime();
    const key = JSON.stringify([actor.session.user.id, q]);
    const search = known.get(key);
    if (search !== undefined && search.endsAtMs > atMs) return search;
    if (known.size >= maxKnown)
      for (const [other, { endsAtMs }] of known) if (endsAtMs <= atMs) known.delete(other);
    const opened: KnownSearch = { endsAtMs: atMs + oneSearchMs, recorded: new Map() };
    known.set(key, opened);
    return opened;
  };
  return {
    find: async (corpRowId, q, searcher) => {
      const { session } = searcher.actor;
      if (!looksForMobile(q, session)) return [];
      const search = open(q, searcher);
      search.counted ??= searcher.limitRate?.('reveal', session.user.id).catch((error: unknown) => {
        search.counted = undefined; // what was refused is asked for again
        throw error;
      });
      await search.counted;
      return findMobileOwners(dependencies, corpRowId, q);
    },
    record: async (q, owners, searcher) => {
      if (owners.length === 0) return;
      const { recorded } = open(q, searcher);
      const record = (owner: MobileOwner) =>
        recordFoundOwners(prisma, searcher.actor, [owner]).catch((error: unknown) => {
          recorded.delete(owner.id);
          throw error;
        });
      for (const owner of owners) {
        const entry = recorded.get(owner.id) ?? record(owner);
        recorded.set(owner.id, entry);
        await entry;
      }
    },
  };
}

import type { PrismaClient, SignInState } from '../../platform/database/generated/client.ts';

export type NewSignInState = Omit<SignInState, 'createdAt' | 'usedAt' | 'codeHash' | 'sessionId' | 'error'>;

export async function createState(
  prisma: PrismaClient,
  state: NewSignInState & { createdAt: Date },
): Promise<void> {
  const { stateHash, browserHash, ...rest } = state;
  await prisma.signInState.create({
    data: { ...rest, stateHash: new Uint8Array(stateHash), browserHash: new Uint8Array(browserHash) },
  });
}

export const findState = (prisma: PrismaClient, stateHash: Uint8Array): Promise<SignInState | null> =>
  prisma.signInState.findUnique({ where: { stateHash: new Uint8Array(stateHash) } });

/**
 * Takes the state for one callback of the browser that began, if it is unused and not late; of any number at
 * once, in any processes, one gets it.
 */
export async function consumeState(
  prisma: PrismaClient,
  { stateHash, browserHash }: { stateHash: Uint8Array; browserHash: Uint8Array },
  { codeHash, at }: { codeHash: Uint8Array | null; at: Date },
): Promise<SignInState | undefined> {
  const where = { stateHash: new Uint8Array(stateHash), browserHash: new Uint8Array(browserHash) };
  const [taken] = await prisma.signInState.updateManyAndReturn({
    where: { ...where, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at, codeHash: codeHash && new Uint8Array(codeHash) },
  });
  return taken;
}

/** Stores how a sign-in ended, for a repeated callback. */
export type SignInOutcome = { sessionId: string } | { error: string };

export async function saveSignInResult(
  prisma: PrismaClient,
  stateHash: Uint8Array,
  outcome: SignInOutcome,
): Promise<void> {
  await prisma.signInState.updateMany({ where: { stateHash: new Uint8Array(stateHash) }, data: outcome });
}

/** Removes states that expired before `before`. */
export async function deleteStates(prisma: PrismaClient, before: Date): Promise<void> {
  await prisma.signInState.deleteMany({ where: { expiresAt: { lt: before } } });
}

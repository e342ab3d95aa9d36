import type { PrismaClient, SignInState } from '../database/generated/client.ts';

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

/** Takes the state for one callback; of any number at once, in whatever processes, one gets true. */
export async function takeState(
  prisma: PrismaClient,
  stateHash: Uint8Array,
  { codeHash, at }: { codeHash: Uint8Array | null; at: Date },
): Promise<boolean> {
  const { count } = await prisma.signInState.updateMany({
    where: { stateHash: new Uint8Array(stateHash), usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at, codeHash: codeHash && new Uint8Array(codeHash) },
  });
  return count === 1;
}

/** How a sign-in ended, for whoever brings the same callback again. */
export type SignInOutcome = { sessionId: string } | { error: string };

export async function recordOutcome(
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

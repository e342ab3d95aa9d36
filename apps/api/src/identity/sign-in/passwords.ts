import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const; // 2 is Algorithm.Argon2id, a const enum that type stripping cannot read

export const hashPassword = (password: string): Promise<string> => hash(password, argon2id);

export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  verify(stored, password);

/** Verified against when there is no such account, so that both refusals take as long. */
export const dummyPasswordHash = await hashPassword('no account has this password');

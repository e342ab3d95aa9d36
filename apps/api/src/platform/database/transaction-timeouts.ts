/**
 * Limits of a short transaction that may wait: on the embedded database a sync that is being applied blocks
 * all others, and Prisma's own 5 seconds (2 for a connection) are not much on a busy machine.
 */
export const transactionTimeouts = { timeout: 30_000, maxWait: 30_000 };

import type { PGlite } from '@electric-sql/pglite';

/** Frontend messages of the extended protocol that Sync ends, and a COPY's data. */
const unfinished = new Set([...'PBDECHd'].map((letter) => letter.charCodeAt(0)));

/**
 * Keeps a statement's messages together. The socket server hands the one session of PGlite from connection to
 * connection between any two messages unless a transaction is open, so that another connection's Parse could
 * replace the unnamed statement before this one's Bind. Here a statement that Sync has not ended counts as a
 * transaction.
 */
export function pinSessionUntilSync(pglite: PGlite): PGlite {
  const execute = pglite.execProtocolRawStream.bind(pglite);
  const isInTransaction = pglite.isInTransaction.bind(pglite);
  const exec = pglite.exec.bind(pglite);
  let isStatementOpen = false;
  return Object.assign(pglite, {
    isInTransaction: () => isStatementOpen || isInTransaction(),
    execProtocolRawStream: (...args: Parameters<typeof execute>) => {
      isStatementOpen = unfinished.has(args[0][0] ?? 0);
      return execute(...args);
    },
    exec: (...args: Parameters<typeof exec>) => {
      isStatementOpen = false; // the rollback for a connection that was lost in the middle
      return exec(...args);
    },
  });
}

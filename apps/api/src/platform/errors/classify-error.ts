import { isWecomError } from '@orgmirror/wecom';
import { findDatabaseTrouble } from '../database/database-trouble.ts';
import { SealedValueError } from '../secret-box.ts';
import { AppError } from './app-error.ts';
import { toAppError } from './wecom-error.ts';

/** A database that restarts is back by then. */
const retryAfterSeconds = 5;

/** Gives a thrown value a code of the contract; `server.unexpected` when it is of no known kind. */
export function classifyError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isWecomError(thrown)) return toAppError(thrown);
  if (thrown instanceof SealedValueError)
    return new AppError('settings.secret_unreadable', { cause: thrown });
  const trouble = findDatabaseTrouble(thrown);
  if (trouble) return new AppError(trouble, { cause: thrown, retryAfterSeconds });
  return new AppError('server.unexpected', { cause: thrown });
}

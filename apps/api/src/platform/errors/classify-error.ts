import { isWecomError } from '@orgmirror/wecom';
import { isDatabaseUnavailable } from '../database/is-database-unavailable.ts';
import { SealedValueError } from '../secret-box.ts';
import { AppError } from './app-error.ts';
import { toAppError } from './wecom-error.ts';

/** Gives a thrown value a code of the contract; `server.unexpected` when it is of no known kind. */
export function classifyError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isWecomError(thrown)) return toAppError(thrown);
  if (thrown instanceof SealedValueError)
    return new AppError('settings.secret_unreadable', { cause: thrown });
  if (isDatabaseUnavailable(thrown)) return new AppError('database.unavailable', { cause: thrown });
  return new AppError('server.unexpected', { cause: thrown });
}

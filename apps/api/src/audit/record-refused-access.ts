import 'pino-http'; // adds `log` to requests
import type { ErrorRequestHandler } from 'express';
import { AppError } from '../platform/errors/app-error.ts';
import { readClientAddress } from '../platform/http/client-address.ts';
import type { RecordAttempt } from './record-attempt.ts';

const maxTargetLength = 200;

/** Writes down who asked for what their role does not allow. The refusal stands whether that works or not. */
export const recordRefusedAccess =
  (recordAttempt: RecordAttempt): ErrorRequestHandler =>
  async (thrown, req, _res, next) => {
    const { signedIn: session } = req;
    if (thrown instanceof AppError && thrown.code === 'permission.denied' && session !== undefined) {
      const target = `${req.method} ${req.path}`.slice(0, maxTargetLength);
      const actor = { session, ip: readClientAddress(req), requestId: String(req.id) };
      await recordAttempt(session.user.id, actor, { action: 'access.refuse', target }).catch(
        (error: unknown) => req.log.error({ err: error }, 'a refused access could not be written down'),
      );
    }
    next(thrown);
  };

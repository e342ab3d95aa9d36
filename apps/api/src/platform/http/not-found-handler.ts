import { type Endpoint, endpoints } from '@orgmirror/contracts';
import type { RequestHandler } from 'express';
import { AppError } from '../errors/app-error.ts';

const patterns = Object.values<Endpoint>(endpoints).map((endpoint) => ({
  method: endpoint.method.toUpperCase(),
  path: new RegExp(`^${endpoint.path.replaceAll(/:\w+/g, '[^/]+')}/?$`, 'i'),
}));

/** Says of a request below /api/v1 that nothing serves whether the path or only the method is wrong. */
export const notFoundHandler: RequestHandler = (req) => {
  const methods = patterns.filter(({ path }) => path.test(req.path)).map(({ method }) => method);
  if (methods.length > 0) throw new AppError('request.method_not_allowed', { allow: [...new Set(methods)] });
  throw new AppError('request.not_found');
};

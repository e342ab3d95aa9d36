import type { Request, Response } from 'express';

/** The pattern of the path, never the path: that may name a member, and anybody could make new ones. */
export function findRoute(req: Request, res: Response): string | undefined {
  const pattern: unknown = res.locals.route ?? req.route?.path;
  return typeof pattern === 'string' ? pattern : undefined;
}

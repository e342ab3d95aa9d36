import type { Express } from 'express';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { findVerificationFile } from './auth-provider-repository.ts';

/**
 * WeCom reads this file at the site's root, now and then also later, to see that the trusted domain is ours.
 */
export function serveVerificationFile(app: Express, { prisma }: { prisma: PrismaClient }): void {
  app.get(/^\/(WW_verify_[A-Za-z0-9]{1,64}\.txt)$/, async (req, res, next) => {
    const content = await findVerificationFile(prisma, req.path.slice(1));
    if (content === null) return next();
    res.set('Cache-Control', 'no-store').type('text/plain').send(content);
  });
}

import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';

const folder = fileURLToPath(new URL('../../../../web/dist/', import.meta.url));

/** Serves the built console; every path that is not a file is one of its pages. */
export function serveConsole(app: Express): void {
  app.use(
    '/assets',
    express.static(`${folder}assets`, { immutable: true, maxAge: '1y', index: false, fallthrough: false }),
  );
  app.use(express.static(folder, { index: false, maxAge: '1h' }));
  app.get('/{*page}', (req, res, next) => {
    if (!isPage(req.path)) return next();
    res.set('Cache-Control', 'no-cache').sendFile('index.html', { root: folder });
  });
}

/** A file that is not there, or another API version, must not look as if it were found. */
const isPage = (path: string): boolean =>
  !/^\/api(\/|$)/i.test(path) && !path.includes('/.') && !path.slice(path.lastIndexOf('/')).includes('.');

import { type Endpoint, endpoints } from '@orgmirror/contracts';
import { buildOpenApiDocument } from '@orgmirror/contracts/openapi';
import type { Router } from 'express';
import { AppError } from '../errors/app-error.ts';

/** The OpenAPI document, and a page that lists its operations without any script or file from elsewhere. */
export function registerApiDocs(router: Router): void {
  let document: string | undefined; // made when first asked for: it takes longer than the rest of a start's routes
  router.get('/openapi.json', (req, res) => {
    if (!req.signedIn) throw new AppError('session.required');
    document ??= JSON.stringify(buildOpenApiDocument());
    res.type('application/json').send(document);
  });
  router.get('/docs', (req, res) => {
    if (!req.signedIn) throw new AppError('session.required');
    res.type('html').send(page);
  });
}

const rows = Object.values<Endpoint>(endpoints)
  .map(({ method, path, summary, access }) => {
    const who = typeof access === 'string' ? access : access.join(', ');
    return `<tr><td><code>${method.toUpperCase()}</code></td><td><code>/api/v1${path}</code></td><td>${who}</td><td>${summary}</td></tr>`;
  })
  .join('\n');

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>OrgMirror API</title>
<style>
:root { color-scheme: light dark; }
body { font: 14px/1.6 -apple-system, "Segoe UI", sans-serif; margin: 32px; }
td, th { text-align: left; padding: 6px 14px 6px 0; border-bottom: 1px solid #8884; vertical-align: top; }
</style></head>
<body><h1>OrgMirror API</h1>
<p>The full description with all fields is <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).
Errors are <code>application/problem+json</code> (RFC 9457) with a <code>code</code>.</p>
<table><thead><tr><th>Method</th><th>Path</th><th>Who</th><th>What</th></tr></thead><tbody>
${rows}
</tbody></table></body></html>`;

import type { Endpoint } from '@orgmirror/contracts';
import { buildOpenApiDocument, tags } from '@orgmirror/contracts/openapi';
import type { Router } from 'express';
import { AppError } from '../errors/app-error.ts';
import { layOutDocument } from './lay-out-document.ts';
import { listDocuments } from './serve-guide.ts';

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

const self = '/api/v1/docs';
const columns = ['Method', 'Path', 'Who', 'What'] as const;
const toId = (name: string) => name.toLowerCase().replaceAll(' ', '-');

function presentOperation({ method, path, summary, access }: Endpoint): string {
  const who = typeof access === 'string' ? access : access.join(', ');
  const values = [`<code>${method.toUpperCase()}</code>`, `<code>/api/v1${path}</code>`, who, summary];
  const cells = values.map((value, index) => `<td data-label="${columns[index]}">${value}</td>`);
  return `<tr>${cells.join('')}</tr>`;
}

const heads = columns.map((name) => `<th scope="col">${name}</th>`).join('');

const sections = tags.map(
  ({ name, description, operations }) => `<h2 id="${toId(name)}">${name}</h2>
<p>${description}</p>
<table><thead><tr>${heads}</tr></thead><tbody>
${Object.values(operations).map(presentOperation).join('\n')}
</tbody></table>`,
);

const page = layOutDocument({
  locale: 'en',
  title: 'API',
  body: `<h1>OrgMirror API</h1>
<p>The full description with all fields is <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).
Errors are <code>application/problem+json</code> (RFC 9457) with a <code>code</code>.</p>
${sections.join('\n')}`,
  contents: tags.map(({ name }) => ({ text: name, href: `#${toId(name)}`, depth: 2 })),
  self,
  documents: [...listDocuments('en'), { text: 'API', href: self }],
});

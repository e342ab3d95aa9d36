import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { problem } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { endpoints } from '../endpoints/index.ts';
import { type ErrorCode, errorTable } from '../error-codes.ts';
import { exportContentTypes } from '../schemas/exports.ts';
import { bodyExamples } from './body-examples.ts';
import { schemaExamples } from './examples.ts';
import { getTag, tags } from './tags.ts';

export { tags };

/**
 * Builds the OpenAPI 3.1 document of the REST API from the same descriptors that the server routes by.
 * @throws Error when an example names a schema that the document does not have
 */
export function buildOpenApiDocument() {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: buildOperation(name, endpoint) };
  }
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: 'OrgMirror',
      version: '1',
      description:
        'Mirrors the departments and members of an enterprise from WeCom, and signs its members in. ' +
        'Lists are paged by cursor, times are ISO 8601 in UTC, and errors are RFC 9457 problems.',
      contact: { name: 'The administrators of this installation' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1', description: 'This installation' }],
    tags: tags.map(({ name, description }) => ({ name, description })),
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'orgmirror_session',
          description: 'The cookie that `POST /session` or a sign-in with WeCom sets.',
        },
      },
    },
    paths: paths as ZodOpenApiPathsObject, // built per method above, which the library types as one literal
  });
  const schemas = document.components?.schemas ?? {};
  for (const [id, example] of Object.entries(schemaExamples)) {
    const schema = schemas[id];
    if (typeof schema !== 'object') throw new Error(`no schema ${id} for its example`);
    schemas[id] = { ...schema, examples: [example] };
  }
  return document;
}

function buildOperation(name: string, endpoint: Endpoint): ZodOpenApiOperationObject {
  const { params, query } = endpoint;
  return {
    operationId: name,
    tags: [getTag(endpoint)],
    summary: endpoint.summary,
    description: `${endpoint.description}\n\n${describeAccess(endpoint)}`,
    security: endpoint.access === 'anyone' ? [] : [{ session: [] }],
    requestParams: { ...(params && { path: params }), ...(query && { query }) },
    ...buildRequestBody(name, endpoint),
    responses: { [String(endpoint.answer.status)]: buildAnswer(endpoint), ...buildErrors(endpoint) },
  };
}

function describeAccess({ access }: Endpoint): string {
  if (access === 'anyone') return 'Access: public.';
  if (access === 'signedIn') return 'Access: every signed-in user.';
  return `Access: ${access.join(', ')}.`;
}

function buildRequestBody(
  name: string,
  { body, upload }: Endpoint,
): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (upload !== undefined) {
    const schema = z.string().meta({ format: 'binary' });
    return {
      requestBody: { required: true, content: Object.fromEntries(upload.map((type) => [type, { schema }])) },
    };
  }
  if (body === undefined) return {};
  // the table is closed over the names with a body
  const example = (bodyExamples as Record<string, object>)[name];
  const required = !body.safeParse(undefined).success;
  return { requestBody: { required, content: { 'application/json': { schema: body, example } } } };
}

function buildAnswer({ summary, answer }: Endpoint) {
  if (answer.schema === null) return { description: summary };
  if (answer.schema === 'text/event-stream')
    return { description: summary, content: { 'text/event-stream': { schema: z.string() } } };
  if (answer.schema === 'file') {
    const schema = z.string().meta({ format: 'binary' });
    return {
      description: summary,
      content: Object.fromEntries(Object.values(exportContentTypes).map((type) => [type, { schema }])),
    };
  }
  return { description: summary, content: { 'application/json': { schema: answer.schema } } };
}

function buildErrors(endpoint: Endpoint) {
  const common: ErrorCode[] = ['request.invalid'];
  if (endpoint.access !== 'anyone') common.push('session.required', 'permission.denied', 'request.throttled');
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...common, ...(endpoint.errors ?? [])]) {
    const { status } = errorTable[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${errorTable[code].en.title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}

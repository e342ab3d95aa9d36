import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { problem } from './common.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints/index.ts';
import { type ErrorCode, errorTable } from './error-codes.ts';

/** The OpenAPI 3.1 document of the REST API, made from the same descriptors that the server routes by. */
export function buildOpenApiDocument() {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: buildOperation(name, endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'OrgMirror',
      version: '1',
      description:
        "Mirrors an enterprise's departments and members from WeCom. Errors are RFC 9457 problems.",
    },
    servers: [{ url: '/api/v1' }],
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'orgmirror_session' } },
    },
    paths: paths as ZodOpenApiPathsObject, // built per method above, which the library types as one literal
  });
}

function buildOperation(name: string, endpoint: Endpoint): ZodOpenApiOperationObject {
  const { params, query, body } = endpoint;
  return {
    operationId: name,
    summary: endpoint.summary,
    security: endpoint.access === 'anyone' ? [] : [{ session: [] }],
    requestParams: { ...(params && { path: params }), ...(query && { query }) },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { [String(endpoint.answer.status)]: buildAnswer(endpoint), ...buildErrors(endpoint) },
  };
}

function buildAnswer({ summary, answer }: Endpoint) {
  if (answer.schema === null) return { description: summary };
  if (answer.schema === 'text/event-stream')
    return { description: summary, content: { 'text/event-stream': { schema: z.string() } } };
  return { description: summary, content: { 'application/json': { schema: answer.schema } } };
}

function buildErrors(endpoint: Endpoint) {
  const common: ErrorCode[] = ['request.invalid'];
  if (endpoint.access !== 'anyone') common.push('session.required', 'permission.denied');
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...common, ...(endpoint.errors ?? [])]) {
    const { status } = errorTable[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      { description: codes.join(', '), content: { 'application/problem+json': { schema: problem } } },
    ]),
  );
}

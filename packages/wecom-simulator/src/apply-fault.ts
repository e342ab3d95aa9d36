import { gzipSync } from 'node:zlib';
import type { Response } from 'express';
import type { FaultEffect } from './faults.ts';

type Body = Record<string, unknown>;

const htmlPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n';

const unknownFields = {
  x_unknown_text: 'unknown',
  x_unknown_list: [1, { nested: true }],
  x_unknown_null: null,
};

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes the body itself and every object in its top-level lists. */
function changeObjects(body: Body, change: (object: Body) => Body): Body {
  const changed = Object.entries(body).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.map((item) => (isObject(item) ? change(item) : item)) : value,
  ]);
  return change(Object.fromEntries(changed));
}

function duplicateItems(body: Body): Body {
  const doubled = Object.entries(body).map(([key, value]) => [
    key,
    Array.isArray(value) && value.some(isObject) ? value.flatMap((item) => [item, item]) : value,
  ]);
  return Object.fromEntries(doubled);
}

/** Gives every listed department another parent; answers without departments stay as they are. */
function reparent(body: Body, parentOf: (index: number, listed: readonly Body[]) => unknown): Body {
  if (!Array.isArray(body.department)) return body;
  const listed = body.department.filter(isObject);
  return {
    ...body,
    department: listed.map((item, index) => ({ ...item, parentid: parentOf(index, listed) })),
  };
}

/** Higher than any id that the simulator assigns. */
const nowhere = 4_000_000_000;

function omit(object: Body, field: string): Body {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== field));
}

const replaceField = (object: Body, field: string, value: string): Body =>
  field in object ? { ...object, [field]: value } : object;

/** Changes a right answer the way a body fault says; other faults leave it as it is. */
function corruptBody(body: Body, effect: FaultEffect): Body {
  if (effect.kind === 'duplicateItems') return duplicateItems(body);
  if (effect.kind === 'cycle') return reparent(body, (index, all) => all[(index + 1) % all.length]?.id);
  if (effect.kind === 'orphans') return reparent(body, (index) => nowhere + index);
  if (effect.kind === 'unknownFields')
    return changeObjects(body, (object) => ({ ...object, ...unknownFields }));
  if (effect.kind === 'missingField') return changeObjects(body, (object) => omit(object, effect.field));
  if (effect.kind === 'replacedField')
    return changeObjects(body, (object) => replaceField(object, effect.field, effect.value));
  if (effect.kind === 'hugeBody') return { ...body, x_padding: 'x'.repeat(effect.bytes) };
  return body;
}

const json = 'application/json; charset=UTF-8';

function sendBytes(response: Response, bytes: Buffer, type: string): void {
  response.status(200).type(type).setHeader('Content-Length', bytes.byteLength);
  response.end(bytes);
}

/** Sends a body as the real server does: HTTP 200, JSON, Content-Length. */
export function sendBody(response: Response, body: Body): void {
  sendBytes(response, Buffer.from(JSON.stringify(body)), json);
}

function sendHalfAndBreak(response: Response, bytes: Buffer, type: string): void {
  response.status(200).type(type).setHeader('Content-Length', bytes.byteLength);
  // Only after the first half has left may the socket go, else the caller sees a plain reset.
  response.write(bytes.subarray(0, Math.ceil(bytes.byteLength / 2)), () => response.socket?.destroy());
}

/**
 * Sends what a fault makes of a right answer. `hang` sends nothing: the connection stays open until the
 * caller gives up or the server closes. `delay`, `errcode` and `emptySuccess` are settled before, so their
 * body goes out as it is.
 */
export function sendWithFault(response: Response, body: Body, effect: FaultEffect): void {
  sendBytesWithFault(response, Buffer.from(JSON.stringify(corruptBody(body, effect))), json, effect);
}

/**
 * Sends what a fault makes of a file; without one, or with one that only JSON can have, the file as it is.
 */
export function sendFile(response: Response, bytes: Buffer, effect: FaultEffect | undefined): void {
  const type = 'application/octet-stream';
  if (effect === undefined) sendBytes(response, bytes, type);
  else sendBytesWithFault(response, bytes, type, effect);
}

function sendBytesWithFault(response: Response, bytes: Buffer, type: string, effect: FaultEffect): void {
  switch (effect.kind) {
    case 'httpStatus':
      response.status(effect.status).type('html').send(htmlPage);
      return;
    case 'nonJson':
      response.status(200).type('html').send(htmlPage);
      return;
    case 'truncatedJson':
      sendBytes(response, bytes.subarray(0, Math.ceil(bytes.byteLength / 2)), type);
      return;
    case 'cutMidBody':
      sendHalfAndBreak(response, bytes, type);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'gzip':
      response.setHeader('Content-Encoding', 'gzip');
      sendBytes(response, gzipSync(bytes), type);
      return;
    default:
      sendBytes(response, bytes, type);
  }
}
